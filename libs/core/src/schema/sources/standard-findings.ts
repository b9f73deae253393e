import { lineOf } from '../findings/findings.js';
import { memberPath, pathTo, type ValuePath, ROOT } from '../findings/value-path.js';
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

/** The issues without the messages of the vendor, which may contain the value. For the log. */
export function discreetLinesAbout(issues: readonly StandardIssue[]): Found {
  return { lines: discreetLines(issues), total: issues.length };
}

/** Yields one by one, because a vendor may find thousands of issues and few are reported. */
function* argumentLines(issues: readonly StandardIssue[], value: unknown): Generator<string> {
  for (const issue of issues) {
    const path = pathOfIssue(issue);
    const rule = ruleOf(issue);
    const keys = unknownKeys(issue);
    if (keys) {
      for (const key of keys)
        yield lineOf({
          path: memberPath(path, String(key)),
          words: `is not in the schema (${rule})`,
        });
      continue;
    }
    const { problem } = issue as VendorIssue;
    const words = typeof problem === 'string' ? problem : issue.message;
    const isMissing = path !== '' && valueAt(value, issue) === undefined;
    yield lineOf({ path, words: `${isMissing ? 'is missing; ' : ''}${words} (${rule})` });
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
  return pathTo(
    stepsTo(issue).reduce<ValuePath | undefined>((parent, name) => ({ parent, name }), ROOT),
  );
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
