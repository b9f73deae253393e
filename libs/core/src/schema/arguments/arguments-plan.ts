import { HttpException, type Type } from '@nestjs/common';
import type { JsonObject, JsonSchema } from '../../interfaces/json.js';
import { classModel } from '../class-validator/class-model.js';
import type { Check } from '../findings/check.js';
import { boundedLines, Findings, lineOf, unknownArgument } from '../findings/findings.js';
import { copied, instanceOf } from '../class-validator/instance-of.js';
import { StandardValues } from '../class-validator/standard-values.js';
import { InvalidArgumentsError } from '../findings/invalid-arguments.error.js';
import { ROOT } from '../findings/value-path.js';
import { ARGUMENTS } from '../class-validator/publishing.js';
import { reservedNames } from '../findings/reserved-names.js';
import { RuleTable } from '../class-validator/rules/bound-rules.js';
import { RuleRun } from '../class-validator/rules/rule-run.js';
import { type Bounded, together } from '../findings/together.js';
import { NOTHING_WRONG, WrongValues } from '../findings/wrong-values.js';

const SERVER_ERROR = 500;

/** How the arguments of one tool are published and read. Created once, at boot. */
export interface ArgumentsPlan {
  /** JSON Schema 2020-12 of the arguments object. */
  readonly inputSchema: JsonSchema;
  /** What is wrong with the published schema, and does not stop the start. Default: nothing. */
  readonly warnings?: readonly string[];
  /**
   * Transforms and validates the arguments of a call.
   * @throws InvalidArgumentsError with a finding for each argument and rule: thrown synchronously, or as a
   * rejection if the result is a promise.
   */
  read(raw: JsonObject): object | Promise<object>;
}

/** A plan that applies every rule, asynchronous validators included. */
export interface FullArgumentsPlan extends ArgumentsPlan {
  read(raw: JsonObject): Promise<object>;
}

/**
 * Plans arguments that are an instance of a class with class-validator rules.
 * @throws SchemaError when the class has no rules, or cannot be published.
 */
export function planClass(
  type: Type,
  defaults: ReadonlyMap<string, unknown>,
  groups: readonly string[] = [],
  publishing = ARGUMENTS,
): FullArgumentsPlan {
  const model = classModel(type, groups, publishing);
  const { schema: inputSchema, check, unruled } = model;
  const needsCopy = model.hasUnions || model.hasStandards;
  const accepted = Object.keys(inputSchema.properties as object);
  const table = new RuleTable(groups);
  return {
    inputSchema,
    warnings: model.warnings,
    async read(raw) {
      refuseReserved(raw);
      const given = withDefaults(needsCopy ? copied(raw) : raw, defaults);
      const misshapen = model.hasStandards ? new StandardValues() : new Findings();
      check(given, ROOT, misshapen);
      if (misshapen instanceof StandardValues) await misshapen.settle(given);
      // Further findings would not be reported, and many missing or unknown arguments slow the rules down.
      if (misshapen.areMany) refuseShape(misshapen);
      try {
        const instance = instanceOf(type, given, groups);
        if (misshapen instanceof StandardValues) misshapen.restore(instance);
        const wrong = misshapen.total === 0 ? NOTHING_WRONG : new WrongValues(misshapen.list);
        const run = new RuleRun(table, unruled, accepted, wrong);
        refuse(together(await run.of(instance), misshapen, wrong));
        return instance;
      } catch (error) {
        if (isForCaller(error) && misshapen.total === 0) throw error;
        if (error instanceof InvalidArgumentsError) throw error;
        if (misshapen instanceof StandardValues) refuseShape(misshapen);
        refuseShape(asPublished(model.checkAsPublished, withDefaults(raw, defaults)));
        throw error;
      }
    },
  };
}

/** Whether a `@Transform()` or a rule of the application threw what the caller is to read. */
function isForCaller(error: unknown): boolean {
  return error instanceof HttpException && error.getStatus() < SERVER_ERROR;
}

/**
 * The findings about the arguments as they were sent. A `@Transform()`, or a rule, that fails on a value of another
 * type than the published one does not say which argument is wrong.
 */
function asPublished(check: Check, given: JsonObject): Findings {
  const findings = new Findings();
  check(given, ROOT, findings);
  return findings;
}

/** The plan of a tool without arguments. */
export const NO_ARGUMENTS: ArgumentsPlan = {
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  read(raw) {
    const findings = new Findings();
    for (const name of Object.keys(raw))
      findings.add({ parent: ROOT, name }, () => unknownArgument([]));
    refuse(findings);
    return raw;
  },
};

/** @throws InvalidArgumentsError when members at any depth have a reserved name, or the arguments are nested too deep. */
export function refuseReserved(raw: JsonObject): void {
  const findings = new Findings();
  reservedNames(raw, findings);
  refuse(findings);
}

/** Each value is named once, by what is most specific. */
function refuseShape(misshapen: Findings): void {
  const { rest } = new WrongValues(misshapen.list);
  refuse({ list: rest, total: misshapen.total - misshapen.list.length + rest.length });
}

function refuse({ list, total }: Bounded): void {
  if (total > 0) throw new InvalidArgumentsError(boundedLines(list.map(lineOf), total));
}

function withDefaults(raw: JsonObject, defaults: ReadonlyMap<string, unknown>): JsonObject {
  if (defaults.size === 0) return raw;
  const filled: Record<string, unknown> = { ...raw };
  for (const [name, value] of defaults)
    if (filled[name] === undefined) filled[name] = structuredClone(value);
  return filled;
}
