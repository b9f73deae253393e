import type { PipeTransform, Type } from '@nestjs/common';

/** A type that a single argument, or an item of a list, can have. A class is one with class-validator rules. */
export type ParamType =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | Type;

/** What reflection cannot see of a parameter. */
export interface ParamOptions {
  /** Words for the model; the string argument of `@Param` is its shorthand. */
  description?: string;
  /** Type, where the declared one is not known at run time (unions, initializers) or is too wide (`'integer'`). */
  type?: ParamType;
  /** Item type of a list. Makes the argument a list. */
  items?: ParamType;
  /** Accepted values: an enum, or a list of them. With `items`-less lists say `items` too. */
  enum?: EnumLike;
  /** May be left out. Default: false. */
  optional?: boolean;
  /** May be null. Default: false, but for `default: null`. */
  nullable?: boolean;
  /** Used, and published, for an argument that is left out. Makes it optional. */
  default?: unknown;
  /**
   * Name of the header, `Mcp-Param-<name>`, that clients of revision 2026-07-28 repeat the argument in, for
   * proxies that route by it. For a string, a whole number or a boolean that is not null; not for secrets.
   * Default: none.
   */
  header?: string;
  /**
   * Validation groups of the tool: rules and `@Expose()`s of these groups count beside those
   * without a group. Default: only those without a group, and rules with `always`.
   */
  groups?: readonly string[];
}

/** A TypeScript enum, or the list of accepted values. */
export type EnumLike =
  readonly (string | number)[] | { readonly [member: string]: string | number };

/** A class-validator rule as its decorators give it: `IsInt()`, `Min(1)`, … */
export type ValidationRule = PropertyDecorator;

/** A Nest pipe: an instance, or a class that the application provides or that needs no arguments. */
export type ParamPipe = PipeTransform | Type<PipeTransform>;

/** One `@Param` as it was written. */
export interface ParamMetadata {
  readonly index: number;
  /** Undefined binds the whole arguments object. */
  readonly name: string | undefined;
  readonly options: ParamOptions;
  readonly rules: readonly ValidationRule[];
}
