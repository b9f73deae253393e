import { Inject, Injectable, type Type } from '@nestjs/common';
import { MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { DiscoveredMethod, McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';
import { MISSING_TYPE_DECORATOR } from '../messages/boot.messages.js';
import { classOf } from './class-of.js';
import { decoratedMethods } from './decorated-methods.js';

type DiscoveredHost = Record<string, unknown>;

/** Walks the providers that belong to this server once, at boot, and hands decorated methods to their feature. */
@Injectable()
export class McpExplorer {
  constructor(
    private readonly scanner: MetadataScanner,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
  ) {}

  /** Gives what is wrong with them, in words for the boot report. */
  explore(providers: readonly InstanceWrapper[]): string[] {
    return providers.flatMap((wrapper) =>
      this.features.flatMap((feature) => this.add(wrapper, feature)),
    );
  }

  private add(wrapper: InstanceWrapper, feature: McpFeature): string[] {
    const hostClass = classOf(wrapper);
    if (hostClass === undefined) return [];
    const methods = decoratedMethods(this.scanner, hostClass, feature.methodKey);
    const isMarked = Reflect.hasMetadata(feature.typeKey, hostClass);
    return methods.flatMap((methodName) =>
      isMarked
        ? [...feature.add(discovered(wrapper, hostClass, methodName))]
        : [MISSING_TYPE_DECORATOR(hostClass.name, methodName)],
    );
  }
}

function discovered(
  wrapper: InstanceWrapper,
  hostClass: Type,
  methodName: string,
): DiscoveredMethod {
  const host = (wrapper.instance ?? hostClass.prototype) as DiscoveredHost;
  return {
    host,
    hostClass,
    methodName,
    callee: host[methodName] as DiscoveredMethod['callee'],
    provider: wrapper,
    isStatic: wrapper.isDependencyTreeStatic() && !wrapper.isTransient,
    moduleName: wrapper.host?.name ?? '',
  };
}
