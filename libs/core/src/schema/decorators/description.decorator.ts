import 'reflect-metadata';
import { MCP_DESCRIPTION } from '../../interfaces/mcp.metadata.js';

/** Describes a tool (on its method), a class or a property for the model. */
export function Description(text: string): ClassDecorator & MethodDecorator & PropertyDecorator {
  return (target: object, propertyKey?: string | symbol) => {
    if (propertyKey === undefined) Reflect.defineMetadata(MCP_DESCRIPTION, text, target);
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
