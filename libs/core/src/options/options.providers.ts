import type { Provider } from '@nestjs/common';
import {
  MCP_ASYNC_PROBLEMS,
  MCP_MODULE_OPTIONS,
  MCP_MODULE_SETTINGS,
  MCP_SERVER,
  MCP_SETTINGS,
} from '../interfaces/mcp.tokens.js';
import { type ModuleSettings, readModuleOptions } from './module-settings.js';

/** The options of a server, with defaults. */
export const OPTIONS_PROVIDERS: readonly Provider[] = [
  {
    provide: MCP_MODULE_SETTINGS,
    useFactory: readModuleOptions,
    inject: [MCP_MODULE_OPTIONS, MCP_SERVER, MCP_ASYNC_PROBLEMS],
  },
  {
    provide: MCP_SETTINGS,
    useFactory: ({ settings }: ModuleSettings) => settings,
    inject: [MCP_MODULE_SETTINGS],
  },
];
