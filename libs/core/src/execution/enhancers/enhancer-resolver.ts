import { Injectable, Scope, type Type } from '@nestjs/common';
import {
  EXCEPTION_FILTERS_METADATA,
  GUARDS_METADATA,
  INTERCEPTORS_METADATA,
  PIPES_METADATA,
} from '@nestjs/common/constants.js';
import { ModuleRef } from '@nestjs/core';
import { UnknownElementException } from '@nestjs/core/errors/exceptions/unknown-element.exception.js';
import { contextIdOf } from '../context/call-context-id.js';
import { McpContext } from '../context/mcp-context.js';

/** The method that each kind of enhancer must have. */
const METHODS: readonly (readonly [string, string])[] = [
  [GUARDS_METADATA, 'canActivate'],
  [INTERCEPTORS_METADATA, 'intercept'],
  [PIPES_METADATA, 'transform'],
  [EXCEPTION_FILTERS_METADATA, 'catch'],
];

type Enhancer = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/**
 * Replaces the enhancer classes in a function's metadata with instances. Nest resolves classes only for methods that
 * it scanned at boot, and skips those of any other function silently.
 */
@Injectable()
export class EnhancerResolver {
  constructor(private readonly moduleRef: ModuleRef) {}

  /**
   * Returns the names of the classes that the application does not provide, or whose instances lack the method. If
   * there are any, the function must not be called.
   */
  resolve(callee: object): string[] {
    const missing: string[] = [];
    for (const [key, method] of METHODS) {
      const bound: unknown = Reflect.getMetadata(key, callee);
      if (!Array.isArray(bound)) continue;
      const resolved = bound.map((enhancer: unknown) => {
        if (typeof enhancer !== 'function') return enhancer;
        const type = enhancer as Type<object>;
        const instance = this.instanceOf(type, method);
        // Nest would skip a guard without canActivate().
        if (typeof instance?.[method] !== 'function') missing.push(type.name);
        return instance;
      });
      Reflect.defineMetadata(key, resolved, callee);
    }
    return missing;
  }

  private instanceOf(type: Type<object>, method: string): Partial<Enhancer> | null | undefined {
    const scope = this.scopeOf(type);
    if (scope === undefined) return undefined;
    if (scope === Scope.DEFAULT) {
      const instance = this.moduleRef.get<Enhancer>(type, { strict: false });
      const isOther = typeof instance?.[method] === 'function' && !(instance instanceof type);
      // A test may replace a guard that decides on visibility. The replacement must decide on it, too.
      return isOther && method === 'canActivate'
        ? standIn(type, method, () => Promise.resolve(instance))
        : instance;
    }
    if (scope === Scope.REQUEST)
      return standIn(type, method, async () => {
        const context = McpContext.current();
        const request = context?.request ?? context;
        const contextId = request && contextIdOf(request, this.moduleRef);
        return this.moduleRef.resolve(type, contextId, { strict: false });
      });
    let own: Promise<object> | undefined;
    return standIn(type, method, async () => {
      own ??= this.moduleRef.resolve(type, undefined, { strict: false });
      return own;
    });
  }

  /** Undefined for a class that the application does not provide. */
  private scopeOf(type: Type): Scope | undefined {
    try {
      return this.moduleRef.introspect(type).scope;
    } catch (error) {
      if (error instanceof UnknownElementException) return undefined;
      throw error;
    }
  }
}

/** An enhancer that resolves its instance when it runs. It has the prototype of the class, and so its metadata. */
function standIn(type: Type<object>, method: string, instanceOf: () => Promise<object>): Enhancer {
  const run = async (...args: readonly unknown[]): Promise<unknown> => {
    const instance = (await instanceOf()) as Enhancer;
    return instance[method]?.(...args);
  };
  return Object.create(type.prototype as object, { [method]: { value: run } }) as Enhancer;
}
