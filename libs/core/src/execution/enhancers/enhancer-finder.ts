import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import {
  UNCONSTRUCTED_ENHANCER,
  UNRESOLVED_ENHANCER,
  UNSCOPED_PROVIDER,
} from '../../messages/boot.messages.js';
import { boundGuards, enhancersOf } from './enhancers-of.js';
import { CONSTRUCTS_TRANSIENTS, unconstructed } from './transient-enhancers.js';

/** Finds the enhancers of a method: guards, interceptors, pipes and filters. Also finds those that Nest would not run. */
@Injectable()
export class EnhancerFinder implements OnModuleInit {
  private final = false;

  constructor(private readonly config: ApplicationConfig) {}

  /** Whether the global enhancers are final. `main.ts` may add some until the application is initialized. */
  get areFinal(): boolean {
    return this.final;
  }

  /** Makes the global enhancers final. To be called when Nest begins to initialize the application, ahead of every `onModuleInit()`. */
  settle(): void {
    this.final = true;
  }

  /** An application without routes does not call {@link settle}. */
  onModuleInit(): void {
    this.settle();
  }

  /** Whether a method has any enhancer: a global one, or one of its class, of the method or of its parameters. */
  any(method: DiscoveredMethod): boolean {
    return (
      this.globals().some((list) => list.length > 0) ||
      this.scopedGlobals().some((list) => list.length > 0) ||
      enhancersOf(method).length > 0
    );
  }

  /**
   * The guards of a method, in the order in which they run: instances or classes. A guard that a factory creates for
   * each request is not known yet, and is undefined here.
   */
  guardsOf({ hostClass, callee }: DiscoveredMethod): unknown[] {
    const scoped = this.config
      .getGlobalRequestGuards()
      .map(({ isNotMetatype, metatype }) => (isNotMetatype ? undefined : metatype));
    return [...this.config.getGlobalGuards(), ...scoped, ...boundGuards(hostClass, callee)];
  }

  /**
   * The problems with enhancers that Nest would skip silently; a skipped guard would leave the method open. Nest
   * resolves the enhancers of classes that it constructs itself, but not those of a factory's or a value's class.
   */
  problemsOf(method: DiscoveredMethod): string[] {
    const { provider, hostClass, methodName } = method;
    const known = provider.host?.injectables;
    const classes = enhancersOf(method).filter((enhancer) => typeof enhancer === 'function');
    const missing = classes.filter((enhancer) => !known?.has(enhancer as never));
    const problems = missing.map((enhancer) =>
      UNRESOLVED_ENHANCER(hostClass.name, methodName, (enhancer as { name: string }).name, {
        isMadeByNest: !provider.isNotMetatype,
      }),
    );
    if (!CONSTRUCTS_TRANSIENTS) {
      const bound = classes.map((enhancer) => known?.get(enhancer as never));
      const [globals, scopedGlobals] = [this.globals().flat(), this.scopedGlobals().flat()];
      const { isStatic } = method;
      for (const name of unconstructed({ bound, globals, scopedGlobals, isStatic }))
        problems.push(UNCONSTRUCTED_ENHANCER(name));
    }
    if (!provider.isNotMetatype) return problems;
    const scoped = classes
      .filter((enhancer) => isMadePerHost(known?.get(enhancer as never)))
      .map((enhancer) => (enhancer as { name: string }).name);
    const global = this.scopedGlobals().some((list) => list.length > 0)
      ? ['a request-scoped global enhancer']
      : [];
    return [
      ...problems,
      ...[...scoped, ...global].map((name) => UNSCOPED_PROVIDER(hostClass.name, methodName, name)),
    ];
  }

  /**
   * Binds request-scoped global enhancers to a provider of a module that was loaded after the start. Nest binds them
   * to those only that it finds at the start.
   */
  adopt(provider: InstanceWrapper): void {
    const bound = new Set(provider.getEnhancersMetadata() as InstanceWrapper[] | undefined);
    for (const enhancer of this.scopedGlobals().flat())
      if (!bound.has(enhancer)) provider.addEnhancerMetadata(enhancer);
  }

  private globals(): (readonly unknown[])[] {
    return [
      this.config.getGlobalGuards(),
      this.config.getGlobalInterceptors(),
      this.config.getGlobalPipes(),
      this.config.getGlobalFilters(),
    ];
  }

  private scopedGlobals(): (readonly InstanceWrapper[])[] {
    return [
      this.config.getGlobalRequestGuards(),
      this.config.getGlobalRequestInterceptors(),
      this.config.getGlobalRequestPipes(),
      this.config.getGlobalRequestFilters(),
    ];
  }
}

/** Whether Nest creates an enhancer for each host. For a host from a factory, it would use an object that was never constructed. */
function isMadePerHost(enhancer: InstanceWrapper | undefined): boolean {
  return enhancer !== undefined && (enhancer.isTransient || !enhancer.isDependencyTreeStatic());
}
