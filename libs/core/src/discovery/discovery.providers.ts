import type { Provider } from '@nestjs/common';
import { McpExplorer } from './mcp.explorer.js';
import { MethodBinder } from './method-binder.js';

/** What a server provides to find and bind decorated methods. */
export const DISCOVERY_PROVIDERS: readonly Provider[] = [McpExplorer, MethodBinder];
