import type { Provider } from '@nestjs/common';
import type { McpFeature } from '../interfaces/mcp-feature.interface.js';
import { MCP_FEATURES } from '../interfaces/mcp.tokens.js';
import { FEATURES } from './index.js';

/** The providers of every feature. */
export const FEATURE_PROVIDERS: readonly Provider[] = [
  {
    provide: MCP_FEATURES,
    useFactory: (...features: readonly McpFeature[]) => features,
    inject: FEATURES.map(({ feature }) => feature),
  },
  ...FEATURES.flatMap(({ feature, providers }) => [feature, ...providers]),
];
