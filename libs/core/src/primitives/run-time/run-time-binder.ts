import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService, ModuleRef } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { McpContext } from '../../execution/context/mcp-context.js';
import { EnhancerResolver } from '../../execution/enhancers/enhancer-resolver.js';
import { InvokerFactory } from '../../execution/invocation/invoker.factory.js';
import type { ParamBinding } from '../../execution/invocation/param-binding.js';
import { VisibilityFinder } from '../../execution/visibility/visibility-finder.js';
import type { DiscoveredMethod } from '../../interfaces/mcp-feature.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';
import {
  INVALID_RUN_TIME_LIMIT,
  INVALID_RUN_TIME_NAME,
  NOT_A_DECORATOR,
  NOT_A_HANDLER,
  UNPROVIDED_ENHANCER,
} from '../../messages/registry.messages.js';
import type { ArgumentsPlan } from '../../schema/arguments/arguments-plan.js';
import { callLimitsOf } from '../entry/call-limits.js';
import type { BoundPrimitive, CallLimits } from '../entry/primitive-entry.interface.js';
import { isPrimitiveName } from '../entry/primitive-name.js';
import { decoratedFunction } from './decorated-function.js';
import type { AnyHandler, PrimitiveDraft } from './primitive-draft.interface.js';
import { HANDLE, RunTimeHost } from './run-time-host.js';

/** A handler as a primitive, with all its problems. */
export interface RunTimeBinding {
  readonly where: string;
  /** Undefined if anything is wrong: the handler would run without its guards, for example. */
  readonly bound: BoundPrimitive | undefined;
  /** The handler as its decorators left it; they may have written metadata on it. */
  readonly callee: object;
  readonly problems: readonly string[];
}

/** The parameters of {@link RunTimeHost.handle}. */
const BINDINGS: readonly ParamBinding[] = [
  { index: 0, source: 'arguments', name: undefined },
  { index: 1, source: 'context', read: (context) => context },
];

/** Binds handlers added at run time: with the guards, the validation and the limits of decorated methods. */
@Injectable()
export class RunTimeBinder {
  private provider: InstanceWrapper | undefined;

  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly invokers: InvokerFactory,
    private readonly enhancers: EnhancerResolver,
    private readonly visibility: VisibilityFinder,
    private readonly discovery: DiscoveryService,
    private readonly moduleRef: ModuleRef,
  ) {}

  bind(
    kind: PrimitiveKind,
    { name, decorators, options }: PrimitiveDraft,
    handler: AnyHandler,
    args: ArgumentsPlan,
  ): RunTimeBinding {
    const named = { kind: kind.name, name, where: `the ${kind.name} "${name}"` };
    const { callee, misused } = decoratedFunction(
      (values, context) => handler(values as never, context as McpContext),
      decorators,
    );
    const limits = callLimitsOf(options, this.settings, (reason) =>
      INVALID_RUN_TIME_LIMIT(named, reason),
    );
    const problems = [
      ...(isPrimitiveName(name) ? [] : [INVALID_RUN_TIME_NAME(named)]),
      ...('problem' in limits ? [limits.problem] : []),
      ...(typeof (handler as unknown) === 'function' ? [] : [NOT_A_HANDLER(named)]),
      ...misused.map((given) => NOT_A_DECORATOR(named, nameOf(given))),
      ...this.enhancers.resolve(callee).map((enhancer) => UNPROVIDED_ENHANCER(named, enhancer)),
    ];
    const bind = (ownLimits: CallLimits): BoundPrimitive => {
      const method = this.methodOf(kind, callee);
      return {
        ...named,
        ...ownLimits,
        moduleName: method.moduleName,
        invoke: this.invokers.create(method, args, BINDINGS),
        isVisible: this.visibility.checkOf(method),
      };
    };
    return {
      where: named.where,
      callee,
      bound: 'problem' in limits || problems.length > 0 ? undefined : bind(limits),
      problems,
    };
  }

  private methodOf(kind: PrimitiveKind, callee: DiscoveredMethod['callee']): DiscoveredMethod {
    this.provider ??= this.findProvider();
    const { provider } = this;
    return {
      kind,
      host: provider.instance as object,
      hostClass: RunTimeHost,
      methodName: HANDLE,
      callee,
      provider,
      isStatic: provider.isDependencyTreeStatic() && !provider.isTransient,
      moduleName: provider.host?.name ?? '',
    };
  }

  /** Each server has a host of its own. */
  private findProvider(): InstanceWrapper {
    const provider = this.discovery
      .getProviders()
      .find(
        ({ token, host }) =>
          token === RunTimeHost &&
          host?.getProviderByKey<ModuleRef>(ModuleRef).instance === this.moduleRef,
      );
    if (provider === undefined) throw new Error('RunTimeHost is not provided');
    return provider;
  }
}

function nameOf(given: unknown): string {
  return typeof given === 'function' && given.name !== ''
    ? given.name
    : `a value of type ${typeof given}`;
}
