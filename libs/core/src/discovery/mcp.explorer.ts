import { Inject, Injectable, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { DiscoveredMethod, McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';
import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';
import { MISSING_TYPE_DECORATOR } from '../messages/boot.messages.js';
import { classOf } from './class-of.js';
import { decoratedMethods } from './decorated-methods.js';

type DiscoveredHost = Record<string, unknown>;

/** Passes the decorated methods of this server's providers to their features. Runs once, at boot. */
@Injectable()
export class McpExplorer {
  constructor(
    private readonly scanner: MetadataScanner,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
  ) {}

  /** Returns the problems of the methods, for the boot report. */
  explore(providers: readonly InstanceWrapper[]): string[] {
    return providers.flatMap((wrapper) =>
      this.features.flatMap((feature) => this.add(wrapper, feature)),
    );
  }

  /** The lists in which methods of the providers are: `tools`. */
  listsOf(providers: readonly InstanceWrapper[]): string[] {
    return this.features
      .filter(({ kind }) =>
        providers.some((provider) => {
          const type = classOf(provider);
          return type && decoratedMethods(this.scanner, type, kind.methodKey).length > 0;
        }),
      )
      .map(({ kind }) => kind.list);
  }

  private add(wrapper: InstanceWrapper, feature: McpFeature): string[] {
    const hostClass = classOf(wrapper);
    if (hostClass === undefined) return [];
    const methods = decoratedMethods(this.scanner, hostClass, feature.kind.methodKey);
    const isMarked = Reflect.hasMetadata(feature.kind.typeKey, hostClass);
    return methods.flatMap((methodName) =>
      isMarked
        ? [...feature.add(discovered(feature.kind, wrapper, hostClass, methodName))]
        : [MISSING_TYPE_DECORATOR(feature.kind, hostClass.name, methodName)],
    );
  }
}

function discovered(
  kind: PrimitiveKind,
  wrapper: InstanceWrapper,
  hostClass: Type,
  methodName: string,
): DiscoveredMethod {
  const host = (wrapper.instance ?? hostClass.prototype) as DiscoveredHost;
  return {
    kind,
    host,
    hostClass,
    methodName,
    callee: host[methodName] as DiscoveredMethod['callee'],
    provider: wrapper,
    isStatic: wrapper.isDependencyTreeStatic() && !wrapper.isTransient,
    moduleName: wrapper.host?.name ?? '',
  };
}
