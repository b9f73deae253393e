import {
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  SetMetadata,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { McpContext, McpModule, McpTool, McpToolType } from '@nestmcp/core';
import { McpTestClient, type TestTransport, TestUserGuard, withTestUsers } from '@nestmcp/testing';

const TRANSPORTS: readonly TestTransport[] = ['2026-07-28', 'streamable-http', 'sse'];

class User {
  constructor(
    readonly id: string,
    readonly roles: string[] = [],
  ) {}

  is(role: string): boolean {
    return this.roles.includes(role);
  }
}

interface UserRequest {
  readonly headers: Record<string, string | undefined>;
  user?: User;
}

/** Checks a token as an application would, and reads metadata through an injected dependency. */
@Injectable()
class TokenGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.get<boolean>('public', context.getHandler())) return true;
    const request = context.switchToHttp().getRequest<UserRequest>();
    if (request.headers.authorization !== 'Bearer real') throw new UnauthorizedException();
    request.user = new User('real');
    return true;
  }
}

@Injectable()
class ClerksGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<UserRequest>().user?.is('clerk') === true;
  }
}

@McpToolType()
class DeskTools {
  @McpTool()
  @UseGuards(TokenGuard)
  whoami(ctx: McpContext): string {
    return (ctx.user as User).id;
  }

  @McpTool()
  anybody(ctx: McpContext): string {
    return (ctx.user as User | undefined)?.id ?? 'nobody';
  }

  @McpTool()
  @UseGuards(TokenGuard, ClerksGuard)
  stamp(): string {
    return 'stamped';
  }

  @McpTool()
  @UseGuards(TokenGuard)
  @SetMetadata('public', true)
  hours(): string {
    return '9 to 17';
  }
}

const ann = new User('ann', ['clerk']);
const bob = new User('bob');

describe.each(TRANSPORTS)('a client of as() over %s', (transport) => {
  const clients: McpTestClient[] = [];
  let app: INestApplication | undefined;

  async function connect(
    override: (builder: TestingModuleBuilder) => TestingModuleBuilder,
    global: readonly object[] = [],
  ): Promise<McpTestClient> {
    const builder = Test.createTestingModule({
      imports: [McpModule.forRoot({ name: 'desk', version: '1' })],
      providers: [DeskTools, ...(global as [])],
    });
    const testing = await override(builder).compile();
    app = testing.createNestApplication({ logger: false });
    const client = await McpTestClient.connect(app, { transport, user: bob });
    clients.push(client);
    return client;
  }

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await app?.close();
  });

  it('is that user to the guards and tools of the application', async () => {
    const client = await connect((builder) =>
      builder.overrideGuard(TokenGuard).useClass(TestUserGuard),
    );
    await client.callTool(DeskTools, 'whoami').expectText('bob');
    await client.callTool(DeskTools, 'stamp').expectDenied();
    const clerk = await client.as(ann);
    await clerk.callTool(DeskTools, 'whoami').expectText('ann');
    await clerk.callTool(DeskTools, 'stamp').expectText('stamped');
  });

  it('is that user to a guard that is passed as a value', async () => {
    const client = await connect((builder) =>
      builder.overrideGuard(TokenGuard).useValue(new TestUserGuard()),
    );
    await client.callTool(DeskTools, 'whoami').expectText('bob');
  });

  it('leaves all other requests to the real guard, when the test requests that', async () => {
    const client = await connect((builder) =>
      builder.overrideGuard(TokenGuard).useClass(withTestUsers(TokenGuard)),
    );
    await client.callTool(DeskTools, 'whoami').expectText('bob');
    const running = app as INestApplication;
    const anonymous = await McpTestClient.connect(running, { transport });
    clients.push(anonymous);
    await anonymous.callTool(DeskTools, 'hours').expectText('9 to 17');
    await anonymous.callTool(DeskTools, 'whoami').expectDenied();
    const real = await anonymous.withHeaders({ authorization: 'Bearer real' });
    await real.callTool(DeskTools, 'whoami').expectText('real');
  });

  it('works for a global guard that can be overridden', async () => {
    const client = await connect(
      (builder) => builder.overrideProvider(TokenGuard).useClass(TestUserGuard),
      [TokenGuard, { provide: APP_GUARD, useExisting: TokenGuard }],
    );
    await client.callTool(DeskTools, 'anybody').expectText('bob');
    const running = app as INestApplication;
    const refused = McpTestClient.connect(running, { transport }).then((anonymous) => {
      clients.push(anonymous);
      return anonymous.listTools();
    });
    await expect(refused).rejects.toThrow('401');
  });

  it('has no user for the real guard', async () => {
    const client = await connect((builder) => builder);
    await client.callTool(DeskTools, 'whoami').expectDenied();
    await client.callTool(DeskTools, 'anybody').expectText('nobody');
  });

  it('has no user once it is closed, and its ticket cannot be forged', async () => {
    const header = 'x-nestmcp-test-user';
    let ticket = '';
    const guard = new TestUserGuard();
    const canActivate = (context: ExecutionContext): boolean => {
      ticket = context.switchToHttp().getRequest<UserRequest>().headers[header] ?? '';
      return guard.canActivate(context);
    };
    const client = await connect((builder) =>
      builder.overrideGuard(TokenGuard).useValue({ canActivate }),
    );
    await client.callTool(DeskTools, 'whoami').expectText('bob');
    expect(ticket).not.toContain('bob');
    const outsider = async (value: string): Promise<McpTestClient> => {
      const headers = { [header]: value };
      const made = await McpTestClient.connect(app as INestApplication, { transport, headers });
      clients.push(made);
      return made;
    };
    const thief = await outsider(ticket);
    await thief.callTool(DeskTools, 'whoami').expectText('bob');
    await client.close();
    await thief.callTool(DeskTools, 'whoami').expectDenied();
    const forger = await outsider(JSON.stringify(ann));
    await forger.callTool(DeskTools, 'whoami').expectDenied();
  });
});
