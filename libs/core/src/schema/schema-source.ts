import type { JsonSchema } from '../interfaces/json.js';
import { boundedLines } from './findings/findings.js';

/** The valid value to use from here on, or the findings: one line for each path and rule. */
export type Verdict =
  { readonly value: unknown } | { readonly findings: readonly [string, ...string[]] };

/** A schema from any source: a class, a Standard Schema or JSON Schema. Created once, at boot. */
export interface SchemaSource {
  /** JSON Schema 2020-12. The schema of an object has `type: 'object'` at its root. */
  readonly jsonSchema: JsonSchema;
  validate(value: unknown): Verdict | Promise<Verdict>;
  /** Converts a result to its form in JSON, ahead of everything else. Default: results are JSON, or become it by class-transformer. */
  readonly encode?: ((value: unknown) => Verdict) | undefined;
}

/** Whether a schema describes the arguments of a tool, or its result. */
export type Direction = 'input' | 'output';

/** The findings about a value: the lines to report, and the number of all findings. */
export interface Found {
  readonly lines: Iterable<string>;
  readonly total: number;
}

/** Returns the value if there are no findings; otherwise the first findings and the number of further ones. */
export function verdictOn(value: unknown, { lines, total }: Found): Verdict {
  return total === 0 ? { value } : refused(boundedLines(lines, total));
}

/** A negative verdict. The findings must be within the bounds of `boundedLines()` already. */
export function refused([first = 'is not accepted', ...rest]: readonly string[]): Verdict {
  return { findings: [first, ...rest] };
}
