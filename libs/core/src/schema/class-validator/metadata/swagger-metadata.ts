import 'reflect-metadata';
import { isDeepStrictEqual } from 'node:util';
import type { Type } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '../../../interfaces/json.js';
import { enumValues } from '../../decorators/enum-values.js';
import type { EnumLike } from '../../decorators/param-options.interface.js';
import { isSerializable } from './initial-values.js';

// Only the names are needed, so @nestjs/swagger is not imported.
/** The metadata key of `@ApiProperty()`. */
const API_PROPERTY = 'swagger/apiModelProperties';
/** The static method that the CLI plugin of Swagger adds to a class, and that `PartialType()` and the like copy. */
const PLUGIN = '_OPENAPI_METADATA_FACTORY';

/** The options of a property: of `@ApiProperty()`, and of the CLI plugin where they are silent. */
export interface SwaggerProperty {
  readonly options: JsonObject;
  /** A class, `String`, `Number`, `Boolean`, `'integer'`, `'object'`, …; of one item if the property is a list. */
  readonly type: unknown;
  readonly isArray: boolean;
  /** The values of an enum; those of one item if the property is a list. */
  readonly choices: readonly unknown[] | undefined;
  /** Whether `@ApiProperty()` has a type or an enum that the declaration of the property does not have. */
  readonly isExplicit: boolean;
}

export function swaggerProperty(type: Type, property: string): SwaggerProperty {
  const decorated = decoratedOptions(type, property);
  const plugin = pluginOptions(type, property) ?? {};
  const declared = shapeOf({
    type: Reflect.getMetadata('design:type', type.prototype as object, property),
  });
  const [said, compiled] = [shapeOf(decorated), shapeOf(plugin)];
  const isSaid = said.type !== undefined || said.choices !== undefined;
  const isExplicit = isSaid && ![declared, compiled].some((one) => isDeepStrictEqual(said, one));
  const options = { ...plugin, ...decorated };
  if (isExplicit) return { options, ...said, isExplicit };
  return {
    options,
    type: compiled.type ?? said.type,
    choices: said.choices ?? compiled.choices,
    isArray: said.isArray || compiled.isArray,
    isExplicit,
  };
}

/**
 * Whether `@ApiHideProperty()` hides a property. The decorator leaves nothing, but the CLI plugin omits the property
 * from the classes it compiles.
 */
export function isHidden(type: Type, property: string, declaredBy: readonly unknown[]): boolean {
  if (Reflect.hasMetadata(API_PROPERTY, type.prototype as object, property)) return false;
  return pluginOptions(type, property) === undefined && declaredBy.some(isCompiled);
}

/** Whether the plugin knows the properties of a class. A mapped type has a copy of nothing if its base has no such method. */
function isCompiled(type: unknown): boolean {
  if (typeof type !== 'function') return false;
  const method = Object.getOwnPropertyDescriptor(type, PLUGIN);
  if (method === undefined) return false;
  return method.enumerable !== true || Object.keys(compiledBy(type as Type)).length > 0;
}

function decoratedOptions(type: Type, property: string): JsonObject {
  const options: unknown = Reflect.getMetadata(API_PROPERTY, type.prototype as object, property);
  return isJsonObject(options) ? options : {};
}

/** The options that the plugin compiled for a property; undefined if there are none. */
function pluginOptions(type: Type, property: string): JsonObject | undefined {
  let found: JsonObject | undefined;
  for (const one of classesOf(type)) {
    const options = Object.hasOwn(one, PLUGIN) ? compiledBy(one)[property] : undefined;
    if (isJsonObject(options)) found = { ...options, ...found };
  }
  return found;
}

/** A class and those that it extends. */
function* classesOf(type: Type): Generator<Type> {
  for (
    let one: unknown = type;
    typeof one === 'function' && one !== Function.prototype;
    one = Object.getPrototypeOf(one)
  )
    yield one as Type;
}

/** The method throws if an import of its file is circular and not made yet. */
function compiledBy(type: Type): JsonObject {
  try {
    const made: unknown = (type as { [PLUGIN]?: () => unknown })[PLUGIN]?.();
    return isJsonObject(made) ? made : {};
  } catch {
    return {};
  }
}

type Shape = Pick<SwaggerProperty, 'type' | 'isArray' | 'choices'>;

const NAMED = new Map<unknown, unknown>([
  ['string', String],
  ['number', Number],
  ['boolean', Boolean],
  ['array', Array],
]);

function shapeOf({ type: given, isArray, enum: choices, items }: JsonObject): Shape {
  const type = typeOf(given);
  if (Array.isArray(type))
    return { ...shapeOf({ type: type[0] as unknown, enum: choices }), isArray: true };
  if (type === Array) return { ...shapeOf(isJsonObject(items) ? items : {}), isArray: true };
  return {
    type: isJsonObject(type) ? 'object' : type,
    isArray: isArray === true,
    choices: choicesOf(choices),
  };
}

/** `() => Order` stands for the class, which may not exist yet when the decorator runs. */
function typeOf(given: unknown): unknown {
  const isLate = typeof given === 'function' && (!('prototype' in given) || given.name === 'type');
  try {
    const type: unknown = isLate ? (given as () => unknown)() : given;
    return NAMED.get(type) ?? type;
  } catch {
    return undefined;
  }
}

function choicesOf(given: unknown): readonly unknown[] | undefined {
  if (typeof given !== 'object' || given === null || !isSerializable(given)) return undefined;
  const values = enumValues(given as EnumLike);
  return values.length > 0 ? values : undefined;
}
