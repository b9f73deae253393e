import { type Finding, lineOf, pathOf } from '../findings.js';
import type { StandardIssue } from './schema-like.interface.js';

/** What vendors say beside the standard: zod and arktype a `code`, valibot a `type`, all what they expected. */
interface VendorIssue extends StandardIssue {
  readonly code?: unknown;
  readonly type?: unknown;
  readonly expected?: unknown;
  /** Arktype's message without the path at its start. */
  readonly problem?: unknown;
  /** Zod's: members that the schema does not have. */
  readonly keys?: unknown;
}

/** What a Standard Schema refused of arguments, in the form of all findings. */
export function linesAbout(issues: readonly StandardIssue[], value: unknown): string[] {
  return issues.flatMap((issue) => findingsOf(issue, value)).map(lineOf);
}

/** The same without any message, since vendors put the value into theirs: for the log. */
export function discreetLinesAbout(issues: readonly StandardIssue[]): string[] {
  return issues.map((issue) => {
    const { expected } = issue as VendorIssue;
    const words = typeof expected === 'string' ? `must be ${expected}` : 'is not accepted';
    return lineOf({ path: pathTo(issue), words: `${words} (${ruleOf(issue)})` });
  });
}

function findingsOf(issue: StandardIssue, value: unknown): Finding[] {
  const { keys, problem } = issue as VendorIssue;
  const path = pathTo(issue);
  const rule = ruleOf(issue);
  if (Array.isArray(keys) && rule === 'unrecognized_keys')
    return keys.map((key) => ({
      path: pathOf(path, String(key)),
      words: `is not in the schema (${rule})`,
    }));
  const words = typeof problem === 'string' ? problem : issue.message;
  const isMissing = path !== '' && valueAt(value, issue) === undefined;
  return [{ path, words: `${isMissing ? 'is missing; ' : ''}${words} (${rule})` }];
}

function ruleOf(issue: StandardIssue): string {
  const { code, type } = issue as VendorIssue;
  return [code, type].find((rule) => typeof rule === 'string') ?? 'schema';
}

function stepsTo({ path = [] }: StandardIssue): string[] {
  return path.map((step) => String(typeof step === 'object' ? step.key : step));
}

function pathTo(issue: StandardIssue): string {
  return stepsTo(issue).reduce((parent, step) => pathOf(parent, step), '');
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
