import type { PipeTransform, Type } from '@nestjs/common';

/** The type of a single argument, or of the items of a list. A class must have class-validator rules. */
export type ParamType =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | Type;

/** The options of `@Param()`: what reflection cannot find out about a parameter. */
export interface ParamOptions {
  /** The description for the model. `@Param('name', 'description')` is the short form. */
  description?: string;
  /** The type, if the declared one is not known at run time (a union, an initializer) or is too wide (`'integer'`). */
  type?: ParamType;
  /** The type of the items. Makes the argument a list. */
  items?: ParamType;
  /** The accepted values: an enum or a list of values. If the argument is a list, they apply to each item. */
  enum?: EnumLike;
  /** Whether the argument may be left out. Default: false. */
  optional?: boolean;
  /** Whether the argument may be null. Default: false; true with `default: null`. */
  nullable?: boolean;
  /** The value of an argument that is left out. It is published, and makes the argument optional. */
  default?: unknown;
  /**
   * The name of the header, `Mcp-Param-<name>`, in which clients of revision 2026-07-28 repeat the argument, so
   * that proxies can route by it. The argument must be a string, a whole number or a boolean, and must not be
   * null. Do not use it for secrets. Default: none.
   */
  header?: string;
  /**
   * The validation groups of the tool: rules and `@Expose()`s of these groups apply in addition to those without
   * a group. Default: none; only those without a group, and rules with `always`, apply.
   */
  groups?: readonly string[];
}

/** A TypeScript enum, or the list of accepted values. */
export type EnumLike =
  readonly (string | number)[] | { readonly [member: string]: string | number };

/** A class-validator rule: `IsInt()`, `Min(1)`, … */
export type ValidationRule = PropertyDecorator;

/** A Nest pipe: an instance, or a class that the application provides or that has no constructor arguments. */
export type ParamPipe = PipeTransform | Type<PipeTransform>;

/** The metadata of one `@Param()`. */
export interface ParamMetadata {
  readonly index: number;
  /** The name of the argument; undefined for the whole arguments object. */
  readonly name: string | undefined;
  readonly options: ParamOptions;
  readonly rules: readonly ValidationRule[];
  /** The pipes that the argument passes after its rules. */
  readonly pipes: readonly ParamPipe[];
}
