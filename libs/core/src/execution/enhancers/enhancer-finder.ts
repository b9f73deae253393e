import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { UNRESOLVED_ENHANCER, UNSCOPED_PROVIDER } from '../../messages/boot.messages.js';
import { boundGuards, enhancersOf } from './enhancers-of.js';

/** Knows what of Nest's pipeline stands around a method, and whether all of it would really run. */
@Injectable()
export class EnhancerFinder implements OnModuleInit {
  private final = false;

  constructor(private readonly config: ApplicationConfig) {}

  /** True once no global enhancer can come any more: `main.ts` may add some until the application is initialized. */
  get areFinal(): boolean {
    return this.final;
  }

  /** To be told when Nest begins to initialize the application, ahead of every `onModuleInit()`. */
  settle(): void {
    this.final = true;
  }

  /** Where there are no routes, nobody tells. */
  onModuleInit(): void {
    this.settle();
  }

  /** Looks at the application, the class, the method and its parameters. */
  any(method: DiscoveredMethod): boolean {
    return (
      this.globals().some((list) => list.length > 0) ||
      this.scopedGlobals().some((list) => list.length > 0) ||
      enhancersOf(method).length > 0
    );
  }

  /**
   * The guards around a method, in the order they run: instances, or classes. One that a factory makes for
   * each request is unknown until then, and undefined here.
   */
  guardsOf({ hostClass, callee }: DiscoveredMethod): unknown[] {
    const scoped = this.config
      .getGlobalRequestGuards()
      .map(({ isNotMetatype, metatype }) => (isNotMetatype ? undefined : metatype));
    return [...this.config.getGlobalGuards(), ...scoped, ...boundGuards(hostClass, callee)];
  }

  /**
   * Enhancers that Nest would leave out in silence, which for a guard means: open. Nest collects enhancers
   * of classes it constructs itself; a provider made by a factory or given as a value has none collected.
   */
  problemsOf(method: DiscoveredMethod): string[] {
    const { provider, hostClass, methodName } = method;
    const known = provider.host?.injectables;
    const classes = enhancersOf(method).filter((enhancer) => typeof enhancer === 'function');
    const missing = classes.filter((enhancer) => !known?.has(enhancer as never));
    const problems = missing.map((enhancer) =>
      UNRESOLVED_ENHANCER(hostClass.name, methodName, (enhancer as { name: string }).name),
    );
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

  private globals(): (readonly unknown[])[] {
    return [
      this.config.getGlobalGuards(),
      this.config.getGlobalInterceptors(),
      this.config.getGlobalPipes(),
      this.config.getGlobalFilters(),
    ];
  }

  private scopedGlobals(): (readonly unknown[])[] {
    return [
      this.config.getGlobalRequestGuards(),
      this.config.getGlobalRequestInterceptors(),
      this.config.getGlobalRequestPipes(),
      this.config.getGlobalRequestFilters(),
    ];
  }
}

/** For a transient or request-scoped enhancer of such a host, Nest has a placeholder that was never constructed. */
function isMadePerHost(enhancer: InstanceWrapper | undefined): boolean {
  return enhancer !== undefined && (enhancer.isTransient || !enhancer.isDependencyTreeStatic());
}
