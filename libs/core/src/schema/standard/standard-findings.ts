import { type Findings, lineOf } from '../findings/findings.js';
import { pathTo, type ValuePath, ROOT } from '../findings/value-path.js';
import type { StandardIssue } from './schema-like.interface.js';
import type { Found } from '../schema-source.js';

/** Members that vendors add to an issue: zod and arktype `code`, valibot `type`, all of them `expected`. */
interface VendorIssue extends StandardIssue {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly expected?: unknown;
  /** arktype: the message without the path at its start. */
  readonly problem?: unknown;
  /** zod: the names of members that the schema does not have. */
  readonly keys?: unknown;
}

/** The issues about arguments, as lines of the common format of findings. */
export function linesAbout(issues: readonly StandardIssue[], value: unknown): Found {
  return { lines: argumentLines(issues, value), total: totalOf(issues) };
}

/** Adds the issues about a value that is one of the arguments. */
export function addIssues(
  issues: readonly StandardIssue[],
  value: unknown,
  at: ValuePath | undefined,
  findings: Findings,
): void {
  for (const { path, words } of argumentFindings(issues, value, at)) findings.add(path, words);
}

/** The issues without the messages of the vendor, which may contain the value. For the log. */
export function discreetLinesAbout(issues: readonly StandardIssue[]): Found {
  return { lines: discreetLines(issues), total: issues.length };
}

function* argumentLines(issues: readonly StandardIssue[], value: unknown): Generator<string> {
  for (const { path, words } of argumentFindings(issues, value, ROOT))
    yield lineOf({ path: pathTo(path), words: words() });
}

interface IssueFinding {
  readonly path: ValuePath | undefined;
  readonly words: () => string;
}

/** Yields one by one, because a vendor may find thousands of issues and few are reported. */
function* argumentFindings(
  issues: readonly StandardIssue[],
  value: unknown,
  at: ValuePath | undefined,
): Generator<IssueFinding> {
  for (const issue of issues) {
    const path = pathUnder(at, issue);
    const rule = ruleOf(issue);
    const keys = unknownKeys(issue);
    if (keys) {
      for (const key of keys)
        yield {
          path: { parent: path, name: String(key) },
          words: () => `is not in the schema (${rule})`,
        };
      continue;
    }
    const { problem } = issue as VendorIssue;
    const words = typeof problem === 'string' ? problem : issue.message;
    const isMissing = stepsTo(issue).length > 0 && valueAt(value, issue) === undefined;
    yield { path, words: () => `${isMissing ? 'is missing; ' : ''}${words} (${rule})` };
  }
}

function* discreetLines(issues: readonly StandardIssue[]): Generator<string> {
  for (const issue of issues) {
    const { expected } = issue as VendorIssue;
    const words = typeof expected === 'string' ? `must be ${expected}` : 'is not accepted';
    yield lineOf({ path: pathOfIssue(issue), words: `${words} (${ruleOf(issue)})` });
  }
}

function totalOf(issues: readonly StandardIssue[]): number {
  return issues.reduce((total, issue) => total + (unknownKeys(issue)?.length ?? 1), 0);
}

function unknownKeys(issue: StandardIssue): readonly unknown[] | undefined {
  const { keys, code } = issue as VendorIssue;
  return Array.isArray(keys) && code === 'unrecognized_keys' ? keys : undefined;
}

function ruleOf(issue: StandardIssue): string {
  const { code, type } = issue as VendorIssue;
  return [code, type].find((rule) => typeof rule === 'string') ?? 'schema';
}

function stepsTo({ path = [] }: StandardIssue): string[] {
  return path.map((step) => String(typeof step === 'object' ? step.key : step));
}

function pathOfIssue(issue: StandardIssue): string {
  return pathTo(pathUnder(ROOT, issue));
}

function pathUnder(at: ValuePath | undefined, issue: StandardIssue): ValuePath | undefined {
  return stepsTo(issue).reduce<ValuePath | undefined>((parent, name) => ({ parent, name }), at);
}

function valueAt(value: unknown, issue: StandardIssue): unknown {
  return stepsTo(issue).reduce<unknown>(
    (holder, step) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, step)
        ? (holder as Record<string, unknown>)[step]
        : undefined,
    value,
  );
}
