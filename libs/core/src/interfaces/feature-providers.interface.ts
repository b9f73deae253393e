import type { Provider, Type } from '@nestjs/common';
import type { McpFeature } from './mcp-feature.interface.js';
import type { PrimitiveKind } from './primitive-kind.interface.js';

/** What a server provides for one feature. */
export interface FeatureProviders {
  readonly kind: PrimitiveKind;
  readonly feature: Type<McpFeature>;
  readonly providers: readonly Provider[];
  /** Classes that applications inject, by class or by `getMcpToken()`. */
  readonly exported: readonly Type[];
}
