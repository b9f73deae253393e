import { Injectable, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { Test } from '@nestjs/testing';
import {
  McpModule,
  type McpModuleOptions,
  type McpOptionsFactory,
  McpTool,
  McpToolType,
  Param,
} from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';

@Injectable()
class Greeter {
  greet(name: string): string {
    return `hello ${name}`;
  }
}

@McpToolType()
class GreetTools {
  constructor(private readonly greeter: Greeter) {}
  @McpTool()
  greet(@Param('name') name: string): string {
    return this.greeter.greet(name);
  }
}

@McpToolType()
class MadeTools {
  private made = 'by nobody';
  static of(made: string): MadeTools {
    return Object.assign(new MadeTools(), { made });
  }
  @McpTool()
  origin(): string {
    return this.made;
  }
}

abstract class BaseTools {
  abstract readonly kind: string;
  @McpTool('Inherited')
  describe(@Param('x') x: string): string {
    return `${this.kind} ${x}`;
  }
  @McpTool()
  replaced(): string {
    return 'base';
  }
}
@McpToolType()
class DerivedTools extends BaseTools {
  readonly kind = 'derived';
  @McpTool()
  override replaced(): string {
    return 'derived';
  }
}

/** Runs `test` with a client of an application, and closes both. */
async function withClient(
  module: ModuleMetadata,
  test: (client: McpTestClient) => Promise<void>,
): Promise<void> {
  const testing = await Test.createTestingModule(module).compile();
  const app = testing.createNestApplication();
  try {
    const client = await McpTestClient.over(app, 'sse');
    await test(client).finally(() => client.close());
  } finally {
    await app.close();
  }
}

const server = McpModule.forRoot({ name: 'discovery', version: '1.0.0' });
const namesOf = async (client: McpTestClient) =>
  (await client.listTools()).map(({ name }) => name).toSorted();

describe('tools', () => {
  it('of a class receive its injected dependencies', () =>
    withClient({ imports: [server], providers: [GreetTools, Greeter] }, async (client) => {
      await expect(client.callText('greet', { name: 'Ada' })).resolves.toBe('hello Ada');
    }));

  it.each([
    ['by class', MadeTools, 'by nobody'],
    ['under another token', { provide: 'T', useClass: MadeTools }, 'by nobody'],
    ['by a factory', { provide: 'T', useFactory: () => MadeTools.of('here') }, 'here'],
    [
      'by an asynchronous factory',
      { provide: 'T', useFactory: async () => MadeTools.of('later') },
      'later',
    ],
    ['by value', { provide: 'T', useValue: MadeTools.of('before') }, 'before'],
  ])('are found in a provider registered %s', (_, provider, origin) =>
    withClient({ imports: [server], providers: [provider] }, async (client) => {
      await expect(client.callText('origin')).resolves.toBe(origin);
    }),
  );

  it('are found in any module, at any depth', () => {
    @Module({ providers: [GreetTools, Greeter] })
    class Inner {}
    @Module({ imports: [Inner] })
    class Outer {}
    return withClient({ imports: [Outer, server], providers: [MadeTools] }, async (client) => {
      await expect(namesOf(client)).resolves.toEqual(['greet', 'origin']);
    });
  });

  it('are counted once for a provider with several tokens', () => {
    const instance = MadeTools.of('shared');
    const providers = [
      { provide: MadeTools, useValue: instance },
      { provide: 'existing', useExisting: MadeTools },
      { provide: 'value', useValue: instance },
      { provide: 'factory', useFactory: (tools: MadeTools) => tools, inject: [MadeTools] },
    ];
    return withClient({ imports: [server], providers }, async (client) => {
      await expect(namesOf(client)).resolves.toEqual(['origin']);
    });
  });

  it('are inherited, and overridden when the subclass declares them again', () =>
    withClient({ imports: [server], providers: [DerivedTools] }, async (client) => {
      await expect(namesOf(client)).resolves.toEqual(['describe', 'replaced']);
      await expect(client.callText('describe', { x: 'tool' })).resolves.toBe('derived tool');
      await expect(client.callText('replaced')).resolves.toBe('derived');
    }));

  it('are not found in values that only look like providers', () => {
    const values = [null, undefined, 0, '', Object.create(null), { constructor: 1 }, () => 1];
    const providers = values.map((useValue: unknown, index) => ({
      provide: `value ${index}`,
      useValue,
    }));
    return withClient(
      { imports: [server], providers: [...providers, MadeTools] },
      async (client) => {
        await expect(namesOf(client)).resolves.toEqual(['origin']);
      },
    );
  });
});

const OPTIONS: McpModuleOptions = { name: 'async', version: '3.2.1', title: 'Made later' };

@Injectable()
class OptionsFactory implements McpOptionsFactory {
  createMcpOptions(): McpModuleOptions {
    return OPTIONS;
  }
}
@Module({ providers: [OptionsFactory], exports: [OptionsFactory] })
class OptionsModule {}

describe('forRootAsync', () => {
  const config = ConfigModule.forRoot({
    ignoreEnvFile: true,
    load: [() => ({ mcp: { name: 'async', title: 'Made later' } })],
  });

  it.each([
    [
      'a factory that injects ConfigService',
      McpModule.forRootAsync({
        imports: [config],
        inject: [ConfigService],
        useFactory: (values: ConfigService) => ({
          ...OPTIONS,
          ...values.getOrThrow<object>('mcp'),
        }),
      }),
    ],
    [
      'an asynchronous factory',
      McpModule.forRootAsync({ useFactory: () => Promise.resolve(OPTIONS) }),
    ],
    ['a class', McpModule.forRootAsync({ useClass: OptionsFactory })],
    [
      'an existing provider',
      McpModule.forRootAsync({ imports: [OptionsModule], useExisting: OptionsFactory }),
    ],
  ])('reads its options from %s', (_, imported) => {
    const tools: Type[] = [MadeTools];
    return withClient({ imports: [imported], providers: tools }, async (client) => {
      expect(client.sdk.getServerVersion()).toEqual(OPTIONS);
      await expect(namesOf(client)).resolves.toEqual(['origin']);
    });
  });

  it('can change the paths', () => {
    const moved = McpModule.forRootAsync({ useFactory: () => ({ ...OPTIONS, path: 'ai/tools' }) });
    return withClient({ imports: [moved], providers: [MadeTools] }, async (client) => {
      await expect(client.callText('origin')).resolves.toBe('by nobody');
    });
  });
});
