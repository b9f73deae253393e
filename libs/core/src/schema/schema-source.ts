import type { JsonSchema } from '../interfaces/json.js';
import { boundedLines } from './findings/findings.js';

/** The value to go on with, or what is wrong with it: one line per place and rule. */
export type Verdict =
  { readonly value: unknown } | { readonly findings: readonly [string, ...string[]] };

/** A schema, wherever it came from: made once, at boot. */
export interface SchemaSource {
  /** JSON Schema 2020-12; an object schema says so at its root. */
  readonly jsonSchema: JsonSchema;
  validate(value: unknown): Verdict | Promise<Verdict>;
}

/** Whether a schema is about what a tool takes in, or what it gives. */
export type Direction = 'input' | 'output';

/** What was found: the lines that are told, and the number of all that there are. */
export interface Found {
  readonly lines: Iterable<string>;
  readonly total: number;
}

/** The value where nothing is wrong with it; else the first findings, and how many more there are. */
export function verdictOn(value: unknown, { lines, total }: Found): Verdict {
  return total === 0 ? { value } : refused(boundedLines(lines, total));
}

/** A verdict of findings that are bounded already. */
export function refused([first = 'is not accepted', ...rest]: readonly string[]): Verdict {
  return { findings: [first, ...rest] };
}
