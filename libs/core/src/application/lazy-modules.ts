import { Injectable } from '@nestjs/common';
import { LazyModuleLoader, ModuleRef, ModulesContainer } from '@nestjs/core';
import type { Module } from '@nestjs/core/injector/module.js';
import { BootCheck } from './boot-check.js';

/**
 * Serves the tools of modules that the application loads after its start, with `LazyModuleLoader`. Nest has no event
 * for that, so this wraps the loader of this application.
 */
@Injectable()
export class LazyModules {
  constructor(
    loader: LazyModuleLoader,
    private readonly modules: ModulesContainer,
    boot: BootCheck,
  ) {
    const load = loader.load.bind(loader);
    loader.load = async (...args) => {
      const moduleRef = await load(...args);
      boot.checkLater(this.withImports(moduleRef));
      return moduleRef;
    };
  }

  /** The loaded module and all that it imports, which are complete. Others may still be loading. */
  private withImports(moduleRef: ModuleRef): Module[] {
    const found = new Set<Module>();
    const add = (module: Module): void => {
      if (found.has(module)) return;
      found.add(module);
      for (const imported of module.imports) add(imported);
    };
    for (const module of this.modules.values())
      if (module.getProviderByKey<ModuleRef>(ModuleRef).instance === moduleRef) add(module);
    return [...found];
  }
}
