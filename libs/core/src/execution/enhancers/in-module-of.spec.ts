import { type CanActivate, type INestApplicationContext, Module, UseGuards } from '@nestjs/common';
import { ExternalContextCreator, ModulesContainer, NestFactory } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { inModuleOf } from './in-module-of.js';

class ClosedGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@UseGuards(ClosedGuard)
class Secrets {
  tell(this: void): string {
    return 'secret';
  }
}

/** Nest knows the guard because another provider binds it. */
@UseGuards(ClosedGuard)
class Beside {}

@Module({ providers: [Beside, { provide: 'SECRETS', useFactory: () => new Secrets() }] })
class SecretsModule {}

describe('the pipeline of a host from a factory, on a Nest that finds modules by class only', () => {
  let app: INestApplicationContext;
  let provider: InstanceWrapper | undefined;
  let contexts: ExternalContextCreator;

  beforeEach(async () => {
    app = await NestFactory.createApplicationContext(SecretsModule);
    const modules = [...app.get(ModulesContainer).values()];
    provider = modules.map(({ providers }) => providers.get('SECRETS')).find(Boolean);
    const own = Object.create(app.get(ExternalContextCreator)) as ExternalContextCreator;
    contexts = Object.assign(own, { getHostModuleKey: () => '' });
  });

  afterEach(() => app.close());

  const call = (from: ExternalContextCreator): Promise<unknown> => {
    const host = app.get<Secrets>('SECRETS');
    return from.create(host, host.tell, 'tell')() as Promise<unknown>;
  };

  it('skips a guard that is bound by class', async () => {
    await expect(call(contexts)).resolves.toBe('secret');
  });

  it('runs the guard when the module of the host is known', async () => {
    if (provider === undefined) throw new Error('SECRETS is not provided');
    await expect(call(inModuleOf(contexts, provider))).rejects.toThrow('Forbidden resource');
  });
});
