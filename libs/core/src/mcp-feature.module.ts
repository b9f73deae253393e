import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { ServerDirectory } from './discovery/server-directory.js';
import { FEATURES } from './features/index.js';
import type { McpFeatureOptions } from './interfaces/options/mcp-module-options.interface.js';
import { readFeatureOptions } from './options/feature-options.js';
import { McpSharedModule } from './mcp-shared.module.js';
import { BootCheck } from './application/boot-check.js';

const FEATURE_OPTIONS = Symbol.for('nestmcp:feature-options');

/** Assigns classes to a server. They stay providers of their modules. */
@Module({ imports: [McpSharedModule] })
export class McpFeatureModule implements OnModuleInit {
  constructor(
    @Inject(FEATURE_OPTIONS) options: unknown,
    directory: ServerDirectory,
    private readonly boot: BootCheck,
  ) {
    const lists = FEATURES.map(({ kind }) => kind.list);
    const { settings, problems } = readFeatureOptions(options, lists);
    directory.list(settings, problems);
  }

  static for(options: McpFeatureOptions): DynamicModule {
    return {
      module: McpFeatureModule,
      providers: [{ provide: FEATURE_OPTIONS, useValue: options }],
    };
  }

  /** Checked here as well, in case the application has no server, which would do it. */
  onModuleInit(): void {
    this.boot.check();
  }
}
