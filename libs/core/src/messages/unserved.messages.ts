import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';

/** What is said about decorators that have no effect. Codes as in `boot.messages.ts`. */
const PLACES = {
  static: 'is a static method. Remove `static`: a call needs an instance',
  accessor: 'is an accessor. Make it a method: clients call methods only',
  property: 'is a property. Make it a method: clients call methods only',
  symbol: 'is named by a symbol. Name it by a string: clients call it by that name',
  parameter: 'has it on a parameter. Put it on the method',
};

export const MISPLACED_DECORATOR = (
  { methodDecorator, typeDecorator }: PrimitiveKind,
  className: string,
  name: string,
  place: keyof typeof PLACES | 'class',
): string =>
  place === 'class'
    ? `MCP053 ${className} has @${methodDecorator}(), which has no effect on a class. Put @${typeDecorator}() on the class, and @${methodDecorator}() on its methods.`
    : `MCP053 ${className}.${name} has @${methodDecorator}(), which has no effect there: it ${PLACES[place]}.`;

export const REPLACED_METHOD = (
  { name: kind, methodDecorator }: PrimitiveKind,
  className: string,
  name: string,
): string =>
  `MCP053 ${className}.${name}() has @${methodDecorator}(), but another function is in its place, so it is not a ${kind}. A decorator above it, or code that ran before the start, replaced the method: put @${methodDecorator}() first.`;

export const NOT_PROVIDED = ({ typeDecorator }: PrimitiveKind, className: string): string =>
  `MCP054 ${className} is marked with @${typeDecorator}(), but no module provides it, so it is not served. Put it into the providers of a module that the application imports. (A module that is loaded later may provide it.)`;

export const NOTHING_TO_SERVE = (
  { name, typeDecorator, methodDecorator }: PrimitiveKind,
  className: string,
): string =>
  `MCP054 ${className} is marked with @${typeDecorator}(), but has no ${name}. Put @${methodDecorator}() on a method, or remove @${typeDecorator}().`;

export const NOT_OVERRIDDEN = (
  { name: kind, methodDecorator }: PrimitiveKind,
  className: string,
  name: string,
  baseName: string,
): string =>
  `MCP055 ${className}.${name}() overrides a ${kind} of ${baseName} without @${methodDecorator}(), so it is not served. Put @${methodDecorator}() and the decorators of its parameters on it: an overriding method does not inherit them.`;

export const IDLE_DECORATORS = (
  kinds: readonly PrimitiveKind[],
  className: string,
  methodName: string,
  decorators: readonly string[],
  isRoute: boolean,
): string => {
  const methodDecorators = kinds.map(({ methodDecorator }) => `@${methodDecorator}()`).join(' or ');
  const fix = isRoute
    ? "It is a route: import the decorators of its parameters from '@nestjs/common'"
    : `Put ${methodDecorators} on the method, or remove ${decorators.length > 1 ? 'them' : 'it'}`;
  return `MCP056 ${className}.${methodName}() has ${decorators.join(' and ')} of @nestmcp/core, which ${decorators.length > 1 ? 'have' : 'has'} no effect without ${methodDecorators}. ${fix}.`;
};

export const IDLE_CLASS_DECORATOR = (
  className: string,
  decorator: 'McpVisibility' | 'Description',
): string =>
  decorator === 'McpVisibility'
    ? `MCP056 ${className} has @McpVisibility(), which has an effect on guards only, and it has no canActivate(). Put @McpVisibility() on the guard that decides.`
    : `MCP056 ${className} has @Description(), which no client sees on a class with tools. Put it on the methods, or use the option instructions of the server.`;

export const META_BELONGS_ON_METHOD = (className: string, name: string): string =>
  `MCP056 ${className}.${name} has @McpMeta(), which has an effect on methods only.`;

export const LATE_PROBLEM = (problem: string): string =>
  `MCP059 a module that was loaded after the start has something that is not served: ${problem}`;
