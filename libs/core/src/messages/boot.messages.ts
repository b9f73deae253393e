import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';

/**
 * What can be wrong with the decorated methods of an application. Each text has a stable code, names the class and
 * the method, and says how to fix it. Codes are never reused.
 */
const at = (className: string, methodName: string): string => `${className}.${methodName}()`;

export const DUPLICATE_NAME = (
  kind: PrimitiveKind,
  name: string,
  first: string,
  second: string,
): string =>
  `MCP001 two ${kind.name}s are named "${name}": ${first} and ${second}. Give one of them another name, @${kind.methodDecorator}({ name: '…' }). If both classes inherit the method, put a prefix on one of them, @${kind.typeDecorator}({ prefix: '…' }). If two modules provide the class, provide it in one of them only. If it is among the providers and the controllers, list it once.`;

export const MISSING_TYPE_DECORATOR = (
  { methodDecorator, typeDecorator }: PrimitiveKind,
  className: string,
  methodName: string,
): string =>
  `MCP002 ${at(className, methodName)} is decorated with @${methodDecorator}(), but its class is not marked. Put @${typeDecorator}() on ${className}.`;

export const INVALID_NAME = (
  kind: PrimitiveKind,
  className: string,
  methodName: string,
  name: string,
): string =>
  `MCP003 ${at(className, methodName)} is named "${name}". A name has 1 to 128 of the characters A-Z a-z 0-9 _ - and the dot: set it with @${kind.methodDecorator}({ name: '…' }).`;

export const UNBOUND_PARAMETER = (
  className: string,
  methodName: string,
  index: number,
  typeName: string,
): string =>
  `MCP004 ${at(className, methodName)}: parameter ${index + 1} (${typeName}) has no decorator, so nothing can be passed to it. Put @Param('name') on it, or @Ctx() for the context.`;

export const MISSING_DEFAULT = (className: string, methodName: string, name: string): string =>
  `MCP006 ${at(className, methodName)}: parameter "${name}" has an initializer, which clients cannot see. Repeat it in the options: @Param('${name}', { default: … }), or { optional: true } to keep it to yourself.`;

export const DTO_WITHOUT_RULES = (className: string, methodName: string, dtoName: string): string =>
  `MCP007 ${at(className, methodName)}: ${dtoName} has no class-validator rules, so no argument of it could be accepted. Put rules (@IsString(), @IsInt(), …) on its properties.`;

export const MIXED_PARAMETERS = (className: string, methodName: string): string =>
  `MCP008 ${at(className, methodName)} binds the whole arguments with @Param() and single ones beside it. Use one @Param() with a class, or only @Param('name').`;

export const DUPLICATE_PARAMETER = (className: string, methodName: string, name: string): string =>
  `MCP009 ${at(className, methodName)} binds the argument "${name}" twice. Give one of the parameters another name.`;

export const SCHEMA_PROBLEM = (className: string, methodName: string, problem: string): string =>
  `MCP011 ${at(className, methodName)}: ${problem}`;

export const NEST_PARAM = (className: string, methodName: string, decorator: string): string =>
  `MCP012 ${at(className, methodName)} uses ${decorator} of @nestjs/common, which reads from an HTTP route. Import Param from '@nestmcp/core' instead.`;

export const INVALID_LIMIT = (
  kind: PrimitiveKind,
  className: string,
  methodName: string,
  problem: string,
): string =>
  `MCP015 ${at(className, methodName)}: ${problem}. Fix the timeout or concurrency of its @${kind.methodDecorator}().`;

export const UNUSABLE_SCHEMA = (
  kind: PrimitiveKind,
  className: string,
  methodName: string,
  option: 'input' | 'output',
  problem: string,
): string =>
  `MCP016 ${at(className, methodName)}: the ${option} of its @${kind.methodDecorator}() cannot be used: ${problem}. Pass a class with class-validator rules, a Standard Schema, { schema, jsonSchema }, or JSON Schema 2020-12.`;

export const PARAM_BESIDE_INPUT = (
  kind: PrimitiveKind,
  className: string,
  methodName: string,
  name: string,
): string =>
  `MCP017 ${at(className, methodName)}: @Param('${name}') has a description, options or rules beside the input of its @${kind.methodDecorator}(), where they have no effect. Put them into the input.`;

export const IDLE_PARAM_PARTS = (
  className: string,
  methodName: string,
  parts: readonly string[],
): string =>
  `MCP057 ${at(className, methodName)}: @Param() without a name binds all arguments, so ${parts.join(', ')} would have no effect. Name the argument, @Param('name', …), or put rules on the properties of the class.`;

export const IDLE_DESCRIPTION = (className: string, methodName: string, index: number): string =>
  `MCP057 ${at(className, methodName)}: parameter ${index + 1} has @Description(), but no @Param(), so it is not an argument and no model sees the text. Put @Param('name') on it too, or remove @Description().`;

export const TWO_SOURCES = (className: string, methodName: string, index: number): string =>
  `MCP057 ${at(className, methodName)}: parameter ${index + 1} has two decorators that pass a value to it, and only one of them can. Remove the other.`;

export const UNRESOLVED_ENHANCER = (
  className: string,
  methodName: string,
  enhancer: string,
  { isMadeByNest }: { readonly isMadeByNest: boolean },
): string =>
  `MCP013 ${at(className, methodName)}: ${enhancer} is bound to it, but cannot be resolved, because ${
    isMadeByNest
      ? `${className} is provided under another token, which Nest before 11.2.10 and 12.2.0 does not support. Update Nest, list ${className} itself in providers`
      : `${className} is provided by a factory or as a value. Provide ${className} as a class ({ provide, useClass })`
  }, or bind an instance: new ${enhancer}(…).`;

export const UNSCOPED_PROVIDER = (
  className: string,
  methodName: string,
  enhancer: string,
): string =>
  `MCP014 ${at(className, methodName)}: ${enhancer} would not run, because ${className} is provided by a factory or as a value, and has no context per call. Provide ${className} as a class ({ provide, useClass }).`;

export const UNCONSTRUCTED_ENHANCER = (enhancer: string): string =>
  `MCP050 ${enhancer} is transient. Nest before 11.2.10 and 12.2.0 may run it without calling its constructor, on routes as well. Update Nest, or remove the transient scope.`;

export const CLASS_TRANSFORMER_COPIES =
  "MCP051 The bundle has several copies of class-transformer, and what its decorators say (@Type(), @Expose(), @Transform()) is in one that cannot be read. Set the bundler's main fields to ['module', 'main'] or ['main'], or keep class-transformer out of the bundle (external).";

export const BOOT_REPORT = (problems: readonly string[]): string =>
  [
    `The MCP server cannot start: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} found.`,
    ...problems.map((problem) => `  ${problem}`),
  ].join('\n');

export const UNSATISFIABLE_PROPERTY = (property: string, published: string): string =>
  `MCP060 ${property} is published as ${published}, but its @Transform() does not accept one, so a call that follows the schema fails. Put @ApiProperty({ type: String }) on it if it takes text, or let the @Transform() return a value that needs no conversion unchanged.`;

export const HIDDEN_REQUIRED_PROPERTY = (property: string): string =>
  `MCP061 ${property} is hidden by @ApiHideProperty() and required, so a model cannot call the tool. Put @IsOptional() on it, give it an initializer, or publish it: @ApiProperty().`;
