import type { Provider } from '@nestjs/common';
import { MCP_BACKPLANE, MCP_MODULE_SETTINGS } from '../interfaces/mcp.tokens.js';
import type { ModuleSettings } from '../options/module-settings.js';
import { InMemoryBackplane } from './in-memory/in-memory-backplane.js';
import { JointBackplane } from './joint-backplane.js';

/** The backplane of the options, or an in-memory one. */
export const BACKPLANE_PROVIDERS: readonly Provider[] = [
  {
    provide: MCP_BACKPLANE,
    useFactory: ({ backplane = new InMemoryBackplane() }: ModuleSettings) =>
      JointBackplane.of(backplane),
    inject: [MCP_MODULE_SETTINGS],
  },
];
