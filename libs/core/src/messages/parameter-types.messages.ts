/** What is said about parameters whose type does not say what callers can send. Codes as in `boot.messages.ts`. */
const at = (className: string, methodName: string): string => `${className}.${methodName}()`;

/** One text for the whole application, because the compiler treats all its methods alike. */
export const TYPES_NOT_EMITTED = (): string =>
  'MCP058 the compiler does not emit the types of parameters, so @Param() and `ctx: McpContext` cannot read them. With tsc, set "emitDecoratorMetadata": true and "experimentalDecorators": true in the tsconfig.json that compiles the application; with SWC, legacyDecorator and decoratorMetadata in jsc.transform. esbuild, and with it tsx, cannot emit them: run with `nest start`, ts-node or @swc-node, or in Vitest with unplugin-swc. Or write the types down: @Param(\'name\', { type: String }), @Param(undefined, { type: TheClass }), and @Ctx() for the context.';

export const STANDARD_DECORATORS = (decorator: string, name: string): string =>
  `MCP058 @${decorator}() on ${name} was called as a standard decorator of ECMAScript, which Nest does not support. Set "experimentalDecorators": true and "emitDecoratorMetadata": true in the tsconfig.json that compiles the application.`;

/** `Object` is what compilers emit for a type that is not a class, or that is not there when the file runs. */
export const NOT_A_CLASS = (className: string, methodName: string): string =>
  `MCP007 ${at(className, methodName)}: the type of @Param() has no class-validator rules, because it is not a class when the file runs: it is an interface or another type, it is imported with \`import type\`, or two files import each other. Declare it as a class, and import it as a value.`;

export const UNKNOWN_PARAMETER_TYPE = (
  className: string,
  methodName: string,
  name: string,
): string =>
  `MCP005 ${at(className, methodName)}: the type of parameter "${name}" is not known at run time: it is a list, a union or an interface, or it is imported with \`import type\` or in a circle. Set it in the options: @Param('${name}', { type: Number }), { items: String } for a list, { enum: Values } for a choice. Import a class as a value.`;

/** `type` is a class whose instances JSON does not have. */
export const NOT_IN_JSON = (
  className: string,
  methodName: string,
  name: string,
  type: string,
): string =>
  `MCP005 ${at(className, methodName)}: the type of parameter "${name}" is not known to JSON: ${type}. ${
    type === 'Date'
      ? `Accept text, and convert it in a pipe: @Param('${name}', { type: String }, IsISO8601(), ParseDatePipe).`
      : `Accept what JSON has, and convert it in a pipe: @Param('${name}', { type: String }, new YourPipe()).`
  }`;
