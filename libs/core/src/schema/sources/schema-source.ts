import type { JsonSchema } from '../../interfaces/json.js';

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

const MOST = 50;

/** The value where nothing is wrong with it. A list of findings is cut: 10,000 wrong items say no more than 50. */
export function verdictOn(value: unknown, lines: readonly string[]): Verdict {
  const [first, ...rest] = lines;
  if (first === undefined) return { value };
  const more = lines.length - MOST;
  return {
    findings: more > 0 ? [first, ...rest.slice(0, MOST - 1), `and ${more} more`] : [first, ...rest],
  };
}
