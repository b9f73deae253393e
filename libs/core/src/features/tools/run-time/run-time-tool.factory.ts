import { Injectable } from '@nestjs/common';
import { DiscoveryService, ModuleRef } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { EnhancerResolver } from '../../../execution/enhancers/enhancer-resolver.js';
import { InvokerFactory } from '../../../execution/invocation/invoker.factory.js';
import type { McpContext } from '../../../execution/context/mcp-context.js';
import type { ParamBinding } from '../../../execution/invocation/param-binding.js';
import { VisibilityFinder } from '../../../execution/visibility/visibility-finder.js';
import type { DiscoveredMethod } from '../../../interfaces/mcp-feature.interface.js';
import {
  INVALID_DEFINITION,
  NOT_A_DECORATOR,
  UNPROVIDED_ENHANCER,
} from '../../../messages/registry.messages.js';
import { definitionProblems } from '../definition-problems.js';
import { INVALID_PARAM_HEADER } from '../../../messages/header.messages.js';
import { paramHeaders } from '../../../protocol/stateless/param-headers.js';
import { toolDefinition } from '../tool.definition.js';
import type { ToolEntry } from '../tool.entry.js';
import { readRunTimeOptions } from '../tool-options.table.js';
import { metaOf } from '../tool-meta.decorator.js';
import { decoratedFunction } from './decorated-function.js';
import { HANDLE, RunTimeToolHost } from './run-time-tool.host.js';
import { RunTimeToolPlanner } from './run-time-tool.planner.js';
import { draftProblems } from './draft-problems.js';
import type { AnyToolHandler, ToolDraft } from './tool-draft.js';

/** The parameters of {@link RunTimeToolHost.handle}. */
const BINDINGS: readonly ParamBinding[] = [
  { index: 0, source: 'arguments', name: undefined },
  { index: 1, source: 'context', read: (context) => context },
];

/** Makes entries of drafts: with the guards, the validation and the limits that decorated tools have. */
@Injectable()
export class RunTimeToolFactory {
  private provider: InstanceWrapper | undefined;

  constructor(
    private readonly planner: RunTimeToolPlanner,
    private readonly invokers: InvokerFactory,
    private readonly enhancers: EnhancerResolver,
    private readonly visibility: VisibilityFinder,
    private readonly discovery: DiscoveryService,
    private readonly moduleRef: ModuleRef,
  ) {}

  create(draft: ToolDraft, handler: AnyToolHandler): ToolEntry | { problems: readonly string[] } {
    const { name, title, description } = draft;
    const { options, problems: mistaken } = readRunTimeOptions(name, draft.options);
    const { args, output, limits, problems } = this.planner.plan({ ...draft, options });
    const { callee, misused } = decoratedFunction(
      (values, context) => handler(values as never, context as McpContext),
      draft.decorators,
    );
    const method = this.methodOf(callee);
    const where = `the tool "${name}"`;
    const definition = toolDefinition(
      name,
      {
        ...options,
        meta: options.meta ?? metaOf(method.callee),
        ...(title !== undefined && { title }),
      },
      description,
      args.inputSchema,
      output?.jsonSchema,
    );
    const mirrored = paramHeaders(args.inputSchema);
    const all = [
      ...mistaken,
      ...problems,
      ...draftProblems(draft, handler),
      ...misused.map((given) => NOT_A_DECORATOR(name, nameOf(given))),
      ...mirrored.problems.map((words) => INVALID_PARAM_HEADER(where, words)),
      ...definitionProblems(definition).map((words) => INVALID_DEFINITION(where, words)),
      ...this.enhancers
        .resolve(method.callee)
        .map((enhancer) => UNPROVIDED_ENHANCER(name, enhancer)),
    ];
    const refused = all.length > 0 ? all : this.planner.checkNames(where, definition);
    if (refused.length > 0) return { problems: refused };
    return {
      name,
      where,
      moduleName: method.moduleName,
      definition,
      output,
      invoke: this.invokers.create(method, args, BINDINGS),
      paramHeaders: mirrored.headers,
      isVisible: this.visibility.checkOf(method),
      mimeType: options.mimeType,
      ...limits,
    };
  }

  private methodOf(callee: DiscoveredMethod['callee']): DiscoveredMethod {
    this.provider ??= this.findProvider();
    const { provider } = this;
    return {
      host: provider.instance as object,
      hostClass: RunTimeToolHost,
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
          token === RunTimeToolHost &&
          host?.getProviderByKey<ModuleRef>(ModuleRef).instance === this.moduleRef,
      );
    if (provider === undefined) throw new Error('RunTimeToolHost is not provided');
    return provider;
  }
}

function nameOf(given: unknown): string {
  return typeof given === 'function' && given.name !== ''
    ? given.name
    : `a value of type ${typeof given}`;
}
