import type { Type } from '@nestjs/common';
import type { DiscoveredMethod } from '../interfaces/mcp-feature.interface.js';
import {
  DTO_WITHOUT_RULES,
  DUPLICATE_PARAMETER,
  IDLE_PARAM_PARTS,
  MISSING_DEFAULT,
  MIXED_PARAMETERS,
  PARAM_BESIDE_INPUT,
  SCHEMA_PROBLEM,
  UNUSABLE_SCHEMA,
} from '../messages/boot.messages.js';
import {
  NOT_A_CLASS,
  NOT_IN_JSON,
  TYPES_NOT_EMITTED,
  UNKNOWN_PARAMETER_TYPE,
} from '../messages/parameter-types.messages.js';
import {
  argumentClass,
  foreignType,
  isTypeKnown,
  type NamedParam,
} from '../schema/decorators/argument-class.js';
import { type ArgumentsPlan, NO_ARGUMENTS, planClass } from '../schema/arguments/arguments-plan.js';
import { withScalarPath } from '../schema/arguments/scalar-arguments.js';
import { pipedParam } from '../schema/decorators/piped-param.js';
import { paramsOf } from '../schema/decorators/param.decorator.js';
import type { ParamMetadata, ParamOptions } from '../schema/decorators/param-options.interface.js';
import { ARGUMENTS, type Publishing } from '../schema/class-validator/publishing.js';
import { ContradictionError, MissingRulesError, SchemaError } from '../schema/schema.error.js';
import { planInput } from '../schema/sources/input-plan.js';
import { standardOf } from '../schema/standard/standard-class.js';
import type { SchemaLike } from '../schema/standard/schema-like.interface.js';

/** The parts of a method that its arguments depend on. */
export type PlannedMethod = Pick<DiscoveredMethod, 'kind' | 'host' | 'hostClass' | 'methodName'>;

/** A plan, or everything that prevents it. */
export interface PlannedArguments {
  readonly plan: ArgumentsPlan | undefined;
  readonly problems: readonly string[];
}

const ARGUMENTS_CLASS = '_Arguments';
const NO_DEFAULTS: ReadonlyMap<string, unknown> = new Map();

/** Plans the arguments of a method from its `input` or from its `@Param()`s: none, one class, or named ones. */
export function planArguments(
  method: PlannedMethod,
  declaredTypes: readonly unknown[],
  input?: SchemaLike,
  publishing = ARGUMENTS,
): PlannedArguments {
  const params = paramsOf(method.hostClass, method.methodName);
  if (input !== undefined) return planFromInput(method, params, input, publishing);
  const [first] = params;
  if (first === undefined) return { plan: NO_ARGUMENTS, problems: [] };
  if (params.every(isNamed)) return planNamed(method, params, declaredTypes, publishing);
  if (params.length > 1)
    return {
      plan: undefined,
      problems: [MIXED_PARAMETERS(method.hostClass.name, method.methodName)],
    };
  return planWhole(method, first, declaredTypes, publishing);
}

/** With an input, parameters only select properties of it. */
function planFromInput(
  { kind, hostClass, methodName }: PlannedMethod,
  params: readonly ParamMetadata[],
  input: SchemaLike,
  publishing: Publishing,
): PlannedArguments {
  const idle = params.filter(
    ({ options, rules }) =>
      rules.length > 0 || Object.values(options).some((value) => value !== undefined),
  );
  const problems = idle.map(({ name = '' }) =>
    PARAM_BESIDE_INPUT(kind, hostClass.name, methodName, name),
  );
  try {
    const planned = planInput(input, publishing);
    return { plan: problems.length > 0 ? undefined : planned, problems };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const unusable = UNUSABLE_SCHEMA(kind, hostClass.name, methodName, 'input', error.message);
    return { plan: undefined, problems: [...problems, unusable] };
  }
}

function isNamed(param: ParamMetadata): param is ParamMetadata & { readonly name: string } {
  return param.name !== undefined;
}

function planWhole(
  method: PlannedMethod,
  param: ParamMetadata,
  declaredTypes: readonly unknown[],
  publishing: Publishing,
): PlannedArguments {
  const type = param.options.type ?? declaredTypes[param.index];
  if (typeof type !== 'function' || type === Object)
    return {
      plan: undefined,
      problems: [
        declaredTypes.length === 0
          ? TYPES_NOT_EMITTED()
          : NOT_A_CLASS(method.hostClass.name, method.methodName),
      ],
    };
  const idle = idleParts(param);
  if (idle.length > 0)
    return {
      plan: undefined,
      problems: [IDLE_PARAM_PARTS(method.hostClass.name, method.methodName, idle)],
    };
  const { groups, description } = param.options;
  const planned = plan(method, type as Type, publishing, NO_DEFAULTS, groups);
  if (planned.plan === undefined || description === undefined) return planned;
  const inputSchema = { ...planned.plan.inputSchema, description };
  return { ...planned, plan: { ...planned.plan, inputSchema } };
}

/** Options that describe a whole arguments object. The others describe a single argument. */
const OF_THE_WHOLE: ReadonlySet<string> = new Set<keyof ParamOptions>([
  'type',
  'groups',
  'description',
]);

/** The parts of a `@Param()` without a name that would have no effect. */
function idleParts({ options, rules }: ParamMetadata): string[] {
  const idle = Object.entries(options)
    .filter(([name, value]) => value !== undefined && !OF_THE_WHOLE.has(name))
    .map(([name]) => `\`${name}\``);
  return rules.length > 0 ? [...idle, 'its rules'] : idle;
}

function planNamed(
  method: PlannedMethod,
  params: readonly (ParamMetadata & { readonly name: string })[],
  declaredTypes: readonly unknown[],
  publishing: Publishing,
): PlannedArguments {
  const { hostClass, methodName } = method;
  const named: NamedParam[] = params.map((param) =>
    pipedParam({ ...param, declaredType: declaredTypes[param.index] }),
  );
  const problems = [
    ...duplicates(method, named),
    ...named.flatMap((param) => problemOf(method, param, declaredTypes.length > 0)),
  ];
  if (problems.length > 0) return { plan: undefined, problems };
  const defaults = named
    .filter(({ options }) => options.default !== undefined)
    .map(({ name, options }) => [name, options.default] as const);
  const planned = plan(
    method,
    argumentClass(`${hostClass.name}_${methodName}${ARGUMENTS_CLASS}`, named),
    publishing,
    new Map(defaults),
    named.flatMap(({ options }) => options.groups ?? []),
  );
  const isPlain = named.every(({ rules }) => rules.length === 0);
  return planned.plan && isPlain ? { ...planned, plan: withScalarPath(planned.plan) } : planned;
}

function plan(
  { hostClass, methodName }: PlannedMethod,
  type: Type,
  publishing: Publishing,
  defaults: ReadonlyMap<string, unknown>,
  groups: readonly string[] = [],
): PlannedArguments {
  try {
    const planned =
      standardOf(type) === undefined
        ? planClass(type, defaults, groups, publishing)
        : planInput(type, publishing);
    return { plan: planned, problems: [] };
  } catch (error) {
    if (error instanceof MissingRulesError)
      return {
        plan: undefined,
        problems: [DTO_WITHOUT_RULES(hostClass.name, methodName, error.className)],
      };
    if (error instanceof SchemaError)
      return {
        plan: undefined,
        problems: [SCHEMA_PROBLEM(hostClass.name, methodName, wordsOf(error, type))],
      };
    throw error;
  }
}

/** The class of single arguments is ours, so its name means nothing to the reader. */
function wordsOf(error: SchemaError, { name }: Type): string {
  if (!name.endsWith(ARGUMENTS_CLASS)) return error.message;
  const words = error.message.replaceAll(`${name}.`, 'the argument ');
  return error instanceof ContradictionError
    ? `${words} The declared type is such a rule, too: declare the other type, or set it, { type: Number }.`
    : words;
}

function problemOf(
  { host, hostClass, methodName }: PlannedMethod,
  param: NamedParam,
  areTypesEmitted: boolean,
): string[] {
  const { name, index, options } = param;
  const callee = (host as Record<string, { length: number }>)[methodName];
  const hidesDefault =
    callee !== undefined &&
    index === callee.length &&
    !takesRest(callee) &&
    options.default === undefined &&
    options.optional !== true;
  if (hidesDefault) return [MISSING_DEFAULT(hostClass.name, methodName, name)];
  if (isTypeKnown(param)) return [];
  const foreign = foreignType(param);
  if (foreign !== undefined) return [NOT_IN_JSON(hostClass.name, methodName, name, foreign)];
  return [
    areTypesEmitted
      ? UNKNOWN_PARAMETER_TYPE(hostClass.name, methodName, name)
      : TYPES_NOT_EMITTED(),
  ];
}

/** A decorator that wraps the method leaves `(...args)`, which does not show the parameters. */
function takesRest(callee: object): boolean {
  return /^[^(]*\(\s*\.\.\./.test(Function.prototype.toString.call(callee));
}

function duplicates(
  { hostClass, methodName }: PlannedMethod,
  params: readonly NamedParam[],
): string[] {
  const names = params.map(({ name }) => name);
  return names
    .filter((name, position) => names.indexOf(name) !== position)
    .map((name) => DUPLICATE_PARAMETER(hostClass.name, methodName, name));
}
