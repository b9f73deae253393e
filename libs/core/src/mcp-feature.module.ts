import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { ServerDirectory } from './discovery/server-directory.js';
import type { McpFeatureOptions } from './interfaces/options/mcp-module-options.interface.js';
import { readFeatureOptions } from './options/feature-options.js';
import { McpSharedModule } from './mcp-shared.module.js';
import { BootCheck } from './application/boot-check.js';

const FEATURE_OPTIONS = Symbol.for('nestmcp:feature-options');

/** Lists tool classes for a server; the classes stay providers of the modules that have them. */
@Module({ imports: [McpSharedModule] })
export class McpFeatureModule implements OnModuleInit {
  constructor(
    @Inject(FEATURE_OPTIONS) options: unknown,
    directory: ServerDirectory,
    private readonly boot: BootCheck,
  ) {
    const { options: listed, problems } = readFeatureOptions(options);
    directory.list(listed, problems);
  }

  static for(options: McpFeatureOptions): DynamicModule {
    return {
      module: McpFeatureModule,
      providers: [{ provide: FEATURE_OPTIONS, useValue: options }],
    };
  }

  /** Also where there is no server that would have it checked. */
  onModuleInit(): void {
    this.boot.check();
  }
}
