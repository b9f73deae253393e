import type { McpContext } from '@nestmcp/core';

type AnyMethod = (...args: never[]) => unknown;

/** Names of the methods of a class. */
export type MethodName<Host> = {
  [Key in keyof Host]: Host[Key] extends AnyMethod ? Key : never;
}[keyof Host] &
  string;

/** What a value of a type is in JSON: data without methods; dates and whole numbers beyond `number` as text. */
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

/** Values of the parameters, in their order; `undefined` or nothing for one that no argument is bound to. */
type ByPosition<Parameters extends readonly unknown[]> = {
  readonly [Index in keyof Parameters]?: PlainOf<Parameters[Index]>;
};

type Loose = Readonly<Record<string, unknown>>;

/** What can be no class of arguments. */
type NoArguments =
  | AbortSignal
  | AnyMethod
  | Date
  | McpContext
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | readonly unknown[];

/** TypeScript does not see the names of `@Param('name')`, and so only the class of `@Param()` says more. */
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

/** The arguments of a tool: a list of what its parameters are given, or the object that clients send. */
export type ToolArguments<Method> = Method extends (...args: infer Parameters) => unknown
  ? ByPosition<Parameters> | ByName<Parameters>
  : never;
