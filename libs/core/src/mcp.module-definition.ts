import { ConfigurableModuleBuilder } from '@nestjs/common';
import type {
  McpModuleOptions,
  McpServerOptions,
} from './interfaces/options/mcp-module-options.interface.js';
import { MCP_MODULE_OPTIONS } from './interfaces/mcp.tokens.js';
import { DEFAULT_SERVER } from './interfaces/server-name.js';

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<McpModuleOptions>({
    moduleName: 'Mcp',
    optionsInjectionToken: MCP_MODULE_OPTIONS,
  })
    .setExtras<McpServerOptions>({ server: DEFAULT_SERVER })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createMcpOptions')
    .build();
