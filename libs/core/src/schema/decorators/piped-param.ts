import {
  DefaultValuePipe,
  ParseArrayPipe,
  ParseBoolPipe,
  ParseDatePipe,
  ParseEnumPipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
} from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { isJsonObject, type JsonObject, type JsonSchema } from '../../interfaces/json.js';
import type { NamedParam } from './argument-class.js';
import type {
  EnumLike,
  ParamOptions,
  ParamPipe,
  ParamType,
  ValidationRule,
} from './param-options.interface.js';

/** What the pipes of a parameter accept. Options and rules that the parameter has itself count more. */
interface Accepted {
  readonly options: ParamOptions;
  readonly rules?: readonly ValidationRule[];
}

/** Reads what a pipe of Nest accepts from its instance, or from an instance without options. */
type Reader = (pipe: JsonObject, param: NamedParam) => Accepted;

const INTEGER = /^-?\d+$/;
const FLOAT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?$/;
const DATE_WORDS = 'must be an ISO 8601 date, such as 2026-01-31 or 2026-01-31T12:00:00Z';

const READERS = new Map<unknown, Reader>([
  [ParseUUIDPipe, (pipe) => ({ options: { type: String }, rules: uuid(pipe.version) })],
  [ParseIntPipe, (_, param) => numeric(param, 'integer', INTEGER)],
  [ParseFloatPipe, (_, param) => numeric(param, 'number', FLOAT)],
  [ParseBoolPipe, (_, param) => boolean(param)],
  [ParseEnumPipe, ({ enumType }) => ({ options: { enum: enumType as EnumLike } })],
  [ParseArrayPipe, ({ options }, param) => list(param, isJsonObject(options) ? options : {})],
  [ParseDatePipe, () => ({ options: { type: String }, rules: matching(DATE, DATE_WORDS) })],
]);

/**
 * The parameter with what the pipes of Nest say about it: they accept less than the type that they return, or other
 * values. A pipe of the application may change the value, so those after it are not read.
 */
export function pipedParam(param: NamedParam): NamedParam {
  let { options, rules } = param;
  for (const pipe of param.pipes) {
    const read = READERS.get(classOf(pipe));
    const isDefault = classOf(pipe) === DefaultValuePipe;
    if (!isDefault && read === undefined) break;
    const instance = instanceOf(pipe);
    const byDefault = isDefault ? withDefault(instance.defaultValue, param) : undefined;
    const accepted = read?.(instance, param) ?? { options: byDefault ?? {} };
    const optional = isOptional(instance) ? { optional: true } : {};
    options = { ...accepted.options, ...optional, ...options };
    rules = [...rules, ...(accepted.rules ?? [])];
    // What follows sees the converted value.
    if (!isDefault) break;
  }
  return { ...param, options, rules };
}

/** The class of Nest whose `transform()` a pipe has. A subclass may replace it, and then accepts other values. */
function classOf(pipe: ParamPipe): unknown {
  const prototype = (typeof pipe === 'function' ? pipe.prototype : pipe) as ParamPipeLike;
  return [...READERS.keys(), DefaultValuePipe].find(
    (known) => (known as { prototype: ParamPipeLike }).prototype.transform === prototype.transform,
  );
}

interface ParamPipeLike {
  readonly transform: unknown;
}

/** A class among the pipes is constructed by Nest, without options. */
function instanceOf(pipe: ParamPipe): JsonObject {
  return typeof pipe === 'function' ? {} : { ...pipe };
}

function isOptional({ options }: JsonObject): boolean {
  return isJsonObject(options) && (options.optional === true || options.default !== undefined);
}

function isText({ options, declaredType }: NamedParam): boolean {
  return (options.type ?? declaredType) === String || options.type === 'string';
}

/** A parameter that is declared as a string arrives as one; the pipe does not change that for the compiler. */
function numeric(param: NamedParam, type: ParamType, pattern: RegExp): Accepted {
  if (!isText(param)) return { options: { type } };
  const words = type === 'integer' ? 'must be a whole number as text' : 'must be a number as text';
  return { options: {}, rules: matching(pattern, words) };
}

function boolean(param: NamedParam): Accepted {
  if (!isText(param)) return { options: { type: Boolean } };
  return { options: { enum: ['true', 'false'] } };
}

/** A list, or a string of items if the parameter is declared as a string. */
function list(param: NamedParam, { items, separator }: JsonObject): Accepted {
  const by = typeof separator === 'string' ? separator : ',';
  if (isText(param))
    return { options: {}, rules: [said(`must be a list of items, separated by "${by}"`)] };
  if (param.options.type !== undefined) return { options: {} };
  return { options: { items: (items ?? String) as ParamType } };
}

/** A default of another type than the argument is used by the pipe alone. */
function withDefault(value: unknown, { declaredType, options }: NamedParam): ParamOptions {
  const type = options.type ?? declaredType;
  const isOfType =
    ['string', 'number', 'boolean'].includes(typeof value) &&
    (type === Object || (value as object).constructor === type);
  return isOfType ? { default: value } : { optional: true };
}

function uuid(version: unknown): readonly ValidationRule[] {
  if (typeof version !== 'string' || version === 'all') return [published({ format: 'uuid' })];
  const hex = '[0-9a-fA-F]';
  const pattern = `^${hex}{8}-${hex}{4}-${version}${hex}{3}-[89abAB]${hex}{3}-${hex}{12}$`;
  return [published({ format: 'uuid', pattern }), said(`must be a UUID of version ${version}`)];
}

function matching(pattern: RegExp, words: string): readonly ValidationRule[] {
  return [published({ pattern: pattern.source }), said(words)];
}

/** A rule that is only published. The pipe itself refuses the value, in its own words. */
function published(keywords: JsonSchema): ValidationRule {
  const context = { jsonSchema: { type: 'string', ...keywords } };
  return ValidateBy({ name: 'pipe', validator: { validate: () => true } }, { context });
}

/** Like {@link published}, as a sentence of the description. */
function said(message: string): ValidationRule {
  return ValidateBy({ name: 'pipe', validator: { validate: () => true } }, { message });
}
