import 'reflect-metadata';
import { MCP_DESCRIPTION, MCP_PARAM_DESCRIPTIONS } from '../../interfaces/mcp.metadata.js';
import { hostOfParam } from './host-of-param.js';

/** Where {@link Description} can stand. */
type DescriptionDecorator = ClassDecorator &
  MethodDecorator &
  PropertyDecorator &
  ParameterDecorator;

/**
 * Describes a tool (on its method), a parameter with `@Param()`, a class or a property for the model. The text of
 * `@McpTool()` or `@Param()` beside it takes precedence.
 * @throws TypeError on a parameter of a constructor.
 */
export function Description(text: string): DescriptionDecorator {
  return (target: object, propertyKey?: string | symbol, at?: unknown) => {
    if (typeof at === 'number') describeParam(target, propertyKey, at, text);
    else if (propertyKey === undefined) Reflect.defineMetadata(MCP_DESCRIPTION, text, target);
    else Reflect.defineMetadata(MCP_DESCRIPTION, text, target, propertyKey);
  };
}

/** The text of {@link Description} on a class, or on a member of a prototype; undefined without one. */
export function descriptionOf(target: object, propertyKey?: string): string | undefined {
  const text: unknown =
    propertyKey === undefined
      ? Reflect.getMetadata(MCP_DESCRIPTION, target)
      : Reflect.getMetadata(MCP_DESCRIPTION, target, propertyKey);
  return typeof text === 'string' ? text : undefined;
}

/** The texts of {@link Description} on the parameters of a method, by position. */
export function paramDescriptionsOf(
  hostClass: object,
  methodName: string,
): ReadonlyMap<number, string> {
  const texts: unknown = Reflect.getMetadata(MCP_PARAM_DESCRIPTIONS, hostClass, methodName);
  return new Map(Array.isArray(texts) ? (texts as [number, string][]) : []);
}

/** Parameter decorators run before those of their method, in any order among themselves. */
function describeParam(
  target: object,
  methodName: string | symbol | undefined,
  index: number,
  text: string,
): void {
  if (methodName === undefined)
    throw new TypeError('@Description() belongs on a parameter of a method, not of a constructor');
  const host = hostOfParam(target);
  const texts: unknown = Reflect.getOwnMetadata(MCP_PARAM_DESCRIPTIONS, host, methodName);
  const others = Array.isArray(texts) ? (texts as [number, string][]) : [];
  Reflect.defineMetadata(MCP_PARAM_DESCRIPTIONS, [...others, [index, text]], host, methodName);
}
