import { Inject, Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { DiscoveredMethod, McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';
import { MISSING_TYPE_DECORATOR } from '../messages/boot.messages.js';
import { McpBootException } from '../messages/mcp-boot.exception.js';

type DiscoveredHost = Record<string, unknown>;

/** Walks all providers of the application once, at boot, and hands decorated methods to their feature. */
@Injectable()
export class McpExplorer implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    @Inject(MCP_FEATURES) private readonly features: readonly McpFeature[],
  ) {}

  /** @throws McpBootException with everything that is wrong, in one report. */
  onModuleInit(): void {
    const seen = new Set<unknown>();
    const problems: string[] = [];
    for (const wrapper of this.discovery.getProviders()) {
      // One object under two tokens is one host, whether `useExisting` or a factory made it so.
      const host: unknown = wrapper.instance ?? wrapper;
      if (wrapper.isAlias || seen.has(host)) continue;
      seen.add(host);
      problems.push(...this.features.flatMap((feature) => this.explore(wrapper, feature)));
    }
    if (problems.length > 0) throw new McpBootException(problems);
  }

  private explore(wrapper: InstanceWrapper, feature: McpFeature): string[] {
    const hostClass = classOf(wrapper);
    if (hostClass === undefined) return [];
    const methods = this.decoratedMethods(hostClass, feature.methodKey);
    const isMarked = Reflect.hasMetadata(feature.typeKey, hostClass);
    return methods.flatMap((methodName) => {
      if (!isMarked) return [MISSING_TYPE_DECORATOR(hostClass.name, methodName)];
      const host = (wrapper.instance ?? hostClass.prototype) as DiscoveredHost;
      const method: DiscoveredMethod = {
        host,
        hostClass,
        methodName,
        callee: host[methodName] as DiscoveredMethod['callee'],
        provider: wrapper,
        isStatic: wrapper.isDependencyTreeStatic() && !wrapper.isTransient,
        moduleName: wrapper.host?.name ?? '',
      };
      return [...feature.add(method)];
    });
  }

  private decoratedMethods(hostClass: Type, methodKey: string): string[] {
    const prototype = hostClass.prototype as Record<string, object>;
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => Reflect.hasMetadata(methodKey, prototype[name] ?? {}));
  }
}

/** The class of a provider however it was registered: by class, by factory or by value. */
function classOf({ instance, metatype, isNotMetatype, token }: InstanceWrapper): Type | undefined {
  const made = instance as object | null | undefined;
  if (typeof made === 'object' && made !== null && typeof made.constructor === 'function')
    return made.constructor as Type;
  // A factory that Nest runs for each request has made nothing yet; its token may tell.
  const type: unknown = isNotMetatype ? token : metatype;
  return typeof type === 'function' ? (type as Type) : undefined;
}
