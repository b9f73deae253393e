import { type CanActivate, Inject, Injectable, type Type } from '@nestjs/common';
import { type ContextId, ExternalContextCreator, ModuleRef } from '@nestjs/core';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_VISIBILITY } from '../../interfaces/mcp.metadata.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { EnhancerFinder } from '../enhancers/enhancer-finder.js';
import { boundGuards } from '../enhancers/enhancers-of.js';
import { hostOfCall } from '../context/host-of-call.js';
import { inModuleOf, isController } from '../enhancers/in-module-of.js';
import { WrappedGuard } from '../enhancers/wrapped-guard.js';
import { askGuards, type VisibilityCheck } from './visibility-check.js';
import { VisibilityFailures } from './visibility-failures.js';

/** A metadata key without parameters. Nest caches the metadata of a method for each key, so it must not be that of calls. */
const NO_PARAMS = 'nestmcp:guards-only';

/** Finds the guards that decide on the visibility of a method, at boot. */
@Injectable()
export class VisibilityFinder {
  private readonly failures = new VisibilityFailures();

  constructor(
    private readonly contexts: ExternalContextCreator,
    private readonly enhancers: EnhancerFinder,
    private readonly moduleRef: ModuleRef,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {}

  /** Creates the visibility check of a method; undefined if no guard decides and every caller may see it. */
  checkOf(method: DiscoveredMethod): VisibilityCheck | undefined {
    const guards = this.enhancers.guardsOf(method);
    if (!guards.some((guard) => guard === undefined || this.decides(guard))) return undefined;
    if (method.isStatic) {
      const deciding = this.decidingGuards(method, method.host);
      return (context) => askGuards(deciding, method, context, this.failures);
    }
    const hostOf = hostOfCall(method.provider, this.moduleRef);
    return async (context) => {
      try {
        const { host, contextId } = await context.run(() => hostOf(context));
        const deciding = this.decidingGuards(method, host, contextId);
        return await askGuards(deciding, method, context, this.failures);
      } catch (thrown) {
        return this.failures.hiddenBy(method.hostClass, thrown);
      }
    };
  }

  /** The guard instances that would run in a call. Nest resolves them and passes them to `createGuardsFn()`. */
  private decidingGuards(
    { hostClass, callee, methodName, provider }: DiscoveredMethod,
    host: object,
    contextId?: ContextId,
  ): readonly CanActivate[] {
    const found: CanActivate[] = [];
    const createGuardsFn = (guards: readonly CanActivate[]): null => {
      found.push(...guards);
      return null;
    };
    const own = Object.assign(inModuleOf(this.contexts, provider), { createGuardsFn });
    const isKnown = contextId !== undefined || isController(provider);
    const inquirer = isKnown ? provider.id : undefined;
    const only = { guards: true, interceptors: false, filters: false };
    own.create(host, callee, methodName, NO_PARAMS, undefined, contextId, inquirer, only);
    // A test may replace a marked guard, so the bound class decides, too. Nest puts bound guards last.
    const bound = boundGuards(hostClass, callee);
    const first = found.length - bound.length;
    return found.filter(
      (guard, at) => this.decides(guard) || (at >= first && this.decides(bound[at - first])),
    );
  }

  private decides(bound: unknown): boolean {
    const guard = bound instanceof WrappedGuard ? bound.guard : bound;
    const type = typeof guard === 'function' ? guard : (guard as object).constructor;
    return (
      Reflect.hasMetadata(MCP_VISIBILITY, type) ||
      this.settings.visibility.some((named) => type === named || isA(type, named))
    );
  }
}

function isA({ prototype }: { readonly prototype?: unknown }, named: Type): boolean {
  return prototype instanceof named;
}
