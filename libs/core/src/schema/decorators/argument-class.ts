import type { Type as Class } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { annotate } from './argument-notes.js';
import { enumValues } from './enum-values.js';
import type { ParamMetadata, ParamType, ValidationRule } from './param-options.interface.js';

/** A `@Param('name')`, and the type of its parameter as reflection reports it. */
export interface NamedParam extends ParamMetadata {
  readonly name: string;
  readonly declaredType: unknown;
}

/** The class-validator rule of each scalar type. */
const SCALARS = new Map<unknown, (options: { each: boolean }) => ValidationRule>([
  [String, (options) => IsString(options)],
  ['string', (options) => IsString(options)],
  [Number, (options) => IsNumber({}, options)],
  ['number', (options) => IsNumber({}, options)],
  ['integer', (options) => IsInt(options)],
  [Boolean, (options) => IsBoolean(options)],
  ['boolean', (options) => IsBoolean(options)],
]);

/**
 * Creates a class with one property for each `@Param('name')`, which has the rules of the parameter. Single
 * parameters are then published and validated by the same code as classes.
 */
export function argumentClass(className: string, params: readonly NamedParam[]): Class {
  const made = { [className]: class {} }[className] as Class;
  const prototype = made.prototype as object;
  for (const param of params) {
    for (const rule of rulesOf(param)) rule(prototype, param.name);
    const { description, header, default: defaultValue } = param.options;
    annotate(prototype, param.name, {
      ...(description !== undefined && { description }),
      ...(header !== undefined && { header }),
      optional: isOptional(param),
      nullable: isNullable(param),
      defaultValue,
    });
  }
  return made;
}

/** Whether the type of a parameter is known, so that it can be validated. */
export function isTypeKnown(param: NamedParam): boolean {
  const { items, enum: choices } = param.options;
  if (choices !== undefined) return true;
  if (items !== undefined) return isParamType(items);
  return isParamType(scalarType(param));
}

function isOptional({ options }: NamedParam): boolean {
  return options.optional === true || options.default !== undefined;
}

/** `default: null` makes an argument nullable: a caller may send the default. */
function isNullable({ options }: NamedParam): boolean {
  return options.nullable === true || options.default === null;
}

/** class-validator runs and reports rules in reverse order of registration. The type comes last, so it runs first. */
function rulesOf(param: NamedParam): ValidationRule[] {
  return [...conditionOf(param), ...param.rules, ...typeRules(param)];
}

function conditionOf(param: NamedParam): ValidationRule[] {
  const nullable = isNullable(param);
  const optional = isOptional(param);
  if (!optional && !nullable) return [];
  return [
    ValidateIf(
      (_, value: unknown) => !((optional && value === undefined) || (nullable && value === null)),
    ),
  ];
}

function typeRules(param: NamedParam): ValidationRule[] {
  const { items, enum: choices } = param.options;
  const each = items !== undefined || param.declaredType === Array;
  if (choices !== undefined) return [IsIn(enumValues(choices), { each })];
  return rulesOfType(items ?? scalarType(param), each);
}

function rulesOfType(type: unknown, each: boolean): ValidationRule[] {
  const scalar = SCALARS.get(type);
  if (scalar) return [scalar({ each })];
  return [Type(() => type as Class), ValidateNested({ each })];
}

function scalarType({ options, declaredType }: NamedParam): unknown {
  if (options.type !== undefined) return options.type;
  if (isParamType(declaredType)) return declaredType;
  return options.default === undefined || options.default === null
    ? undefined
    : options.default.constructor;
}

const UNTYPED = new Set<unknown>([
  Object,
  Array,
  Promise,
  Date,
  Map,
  Set,
  Function,
  Symbol,
  BigInt,
]);

/** Classes of values that JSON does not have, and that no single argument can be. */
const FOREIGN = new Set<unknown>([
  Date,
  Map,
  Set,
  Promise,
  Symbol,
  BigInt,
  Function,
  RegExp,
  Buffer,
]);

/** The name of the class of a parameter that JSON has no values of; undefined for any other. */
export function foreignType({ options, declaredType }: NamedParam): string | undefined {
  const type = options.items ?? options.type ?? declaredType;
  return FOREIGN.has(type) ? (type as Class).name : undefined;
}

function isParamType(type: unknown): type is ParamType {
  return SCALARS.has(type) || (typeof type === 'function' && !UNTYPED.has(type));
}
