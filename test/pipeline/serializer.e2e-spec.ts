import {
  ClassSerializerInterceptor,
  Controller,
  Get,
  SerializeOptions,
  UseInterceptors,
} from '@nestjs/common';
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { McpTool, McpToolType } from '@nestmcp/core';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { type Observable, of } from 'rxjs';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

class Card {
  constructor(
    readonly last4: string,
    number: string,
  ) {
    this.number = number;
  }

  @Exclude()
  readonly number: string;
}

class Account {
  readonly id = 7;

  @Exclude()
  readonly password = 'secret';

  @Transform(({ value }: { value: string }) => value.toUpperCase())
  readonly name = 'ann';

  @Expose({ groups: ['admin'] })
  readonly balance = 'secret';

  @Type(() => Card)
  readonly cards = [new Card('4242', 'secret')];

  @Expose()
  get label(): string {
    return `#${this.id}`;
  }
}

const SHOWN = { id: 7, name: 'ANN', cards: [{ last4: '4242' }], label: '#7' };

@McpToolType()
class AccountTools {
  @McpTool()
  one(): Account {
    return new Account();
  }

  @McpTool()
  async later(): Promise<Account> {
    return new Account();
  }

  @McpTool()
  list(): Account[] {
    return [new Account(), new Account()];
  }

  @McpTool()
  stream(): Observable<Account> {
    return of(new Account());
  }

  @McpTool()
  @SerializeOptions({ groups: ['admin'] })
  full(): Account {
    return new Account();
  }

  @McpTool()
  @SerializeOptions({ type: Account, strategy: 'exposeAll' })
  plain(): object {
    return { id: 7, name: 'ann', password: 'secret' };
  }

  @McpTool()
  text(): string {
    return 'secret of nobody';
  }
}

@McpToolType()
@UseInterceptors(ClassSerializerInterceptor)
class MarkedTools {
  @McpTool()
  marked(): Account {
    return new Account();
  }
}

@Controller('rest')
class RestController {
  @Get()
  get(): Account {
    return new Account();
  }
}

const GLOBALLY: readonly (readonly [string, TestAppOptions])[] = [
  [
    'APP_INTERCEPTOR',
    { providers: [{ provide: APP_INTERCEPTOR, useClass: ClassSerializerInterceptor }] },
  ],
  [
    'useGlobalInterceptors',
    {
      configure: (app) =>
        app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector))),
    },
  ],
];

describe.each(PLATFORMS)("Nest's ClassSerializerInterceptor on %s", (platform) => {
  const { start, connect, get } = harness(platform);

  it.each(GLOBALLY)(
    'keeps excluded fields of a returned DTO private, as %s',
    async (_, options) => {
      await start({
        ...options,
        controllers: [RestController],
        providers: [AccountTools, ...(options.providers ?? [])],
      });
      const client = await connect();
      expect(JSON.parse((await get('/rest')).body)).toEqual(SHOWN);
      for (const name of ['one', 'later', 'stream'])
        expect(JSON.parse((await client.call(name)).text)).toEqual(SHOWN);
      expect(JSON.parse((await client.call('list')).text)).toEqual([SHOWN, SHOWN]);
      expect(client.wire.raw).not.toContain('secret');
      expect((await client.call('text')).text).toBe('secret of nobody');
      await client.expectIntact();
    },
  );

  it('reads the options of a tool', async () => {
    await start({
      providers: [AccountTools, { provide: APP_INTERCEPTOR, useClass: ClassSerializerInterceptor }],
    });
    const client = await connect();
    expect(JSON.parse((await client.call('full')).text)).toEqual({ ...SHOWN, balance: 'secret' });
    const plain: unknown = JSON.parse((await client.call('plain')).text);
    expect(plain).toMatchObject({ id: 7, name: 'ANN' });
    expect(plain).not.toHaveProperty('password');
    await client.expectIntact();
  });

  it('applies to one class of tools only', async () => {
    await start({ providers: [AccountTools, MarkedTools] });
    const client = await connect();
    expect(JSON.parse((await client.call('marked')).text)).toEqual(SHOWN);
    await client.expectIntact();
  });
});
