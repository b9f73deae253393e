import type { McpContext } from '@nestmcp/core';

type AnyMethod = (...args: never[]) => unknown;

/** The names of the methods of a class. */
export type MethodName<Host> = {
  [Key in keyof Host]: Host[Key] extends AnyMethod ? Key : never;
}[keyof Host] &
  string;

/** The type of a value in JSON: data without methods. Dates and bigints may be text. */
export type PlainOf<Value> = Value extends bigint
  ? number | string
  : Value extends Date
    ? Date | string
    : Value extends ReadonlySet<infer Element>
      ? readonly PlainOf<Element>[]
      : Value extends ReadonlyMap<unknown, infer Element>
        ? Readonly<Record<string, PlainOf<Element>>>
        : Value extends readonly (infer Element)[]
          ? readonly PlainOf<Element>[]
          : Value extends object
            ? {
                [Key in keyof Value as Value[Key] extends AnyMethod ? never : Key]: PlainOf<
                  Value[Key]
                >;
              }
            : Value;

/** The values of the parameters, in order. Omit a parameter without an argument, or pass `undefined`. */
type ByPosition<Parameters extends readonly unknown[]> = {
  readonly [Index in keyof Parameters]?: PlainOf<Parameters[Index]>;
};

type Loose = Readonly<Record<string, unknown>>;

/** Types that cannot be a class of arguments. */
type NoArguments =
  | AbortSignal
  | AnyMethod
  | Date
  | McpContext
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | readonly unknown[];

/** The type of an arguments object. TypeScript cannot read the names of `@Param('name')`, so only a class of `@Param()` is checked. */
type ByName<Parameters extends readonly unknown[]> = Parameters extends readonly [
  infer First,
  ...(readonly unknown[]),
]
  ? First extends NoArguments
    ? Loose
    : First extends object
      ? PlainOf<First>
      : Loose
  : Loose;

/** The arguments of a tool: a list with the values of its parameters, or the object that clients send. */
export type ToolArguments<Method> = Method extends (...args: infer Parameters) => unknown
  ? ByPosition<Parameters> | ByName<Parameters>
  : never;
