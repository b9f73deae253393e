import { Controller, type ExecutionContext, Get, Injectable, Module } from '@nestjs/common';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { ClsModule, type ClsModuleOptions, ClsService } from 'nestjs-cls';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS } from '../support/app/test-app.js';

const CLIENTS = 20;
const CALLS = 3;

interface Tenanted {
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** A service below the tool, and one below that, without access to a request. */
@Injectable()
class TenantService {
  constructor(private readonly cls: ClsService) {}

  async tenant(): Promise<string> {
    await new Promise((resolve) => setImmediate(resolve));
    return String(this.cls.get('tenant'));
  }
}

@Injectable()
class ReportService {
  constructor(private readonly tenants: TenantService) {}

  async report(): Promise<string> {
    return this.tenants.tenant();
  }
}

@McpToolType()
class TenantTools {
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly reports: ReportService,
    private readonly cls: ClsService,
  ) {}

  /** Answers when `together` calls are running, so that all of them overlap. */
  @McpTool()
  async tenant(@Param('together', { type: 'integer' }) together: number): Promise<string> {
    const before = await this.reports.report();
    await this.everyone(together);
    return `${before} ${await this.reports.report()}`;
  }

  @McpTool()
  remember(@Param('value') value: string): string {
    const known = this.cls.get<string | undefined>('value');
    this.cls.set('value', value);
    return String(known);
  }

  private async everyone(count: number): Promise<void> {
    const together = new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.waiting.length === count) this.waiting.splice(0).forEach((resume) => resume());
    await together;
  }
}

@Controller('rest')
class RestController {
  constructor(private readonly reports: ReportService) {}

  @Get()
  async get(): Promise<string> {
    return this.reports.report();
  }
}

/** A separate module, since `nestjs-cls` requires the application to import it where it is used. */
@Module({
  controllers: [RestController],
  providers: [TenantTools, ReportService, TenantService],
})
class TenantModule {}

const fromRequest = (cls: ClsService, request: Tenanted): void =>
  cls.set('tenant', request.headers['x-tenant']);
const fromContext = (cls: ClsService, context: ExecutionContext): void =>
  fromRequest(cls, context.switchToHttp().getRequest<Tenanted>());

const MOUNTS: readonly (readonly [string, Partial<ClsModuleOptions>])[] = [
  ['middleware', { middleware: { mount: true, setup: fromRequest } }],
  ['guard', { guard: { mount: true, setup: fromContext } }],
  ['interceptor', { interceptor: { mount: true, setup: fromContext } }],
];

describe.each(PLATFORMS)('nestjs-cls on %s', (platform) => {
  describe.each(MOUNTS)('mounted as %s', (_, options) => {
    const { start, connect, get } = harness(platform);
    const application = {
      imports: [ClsModule.forRoot({ global: true, ...options }), TenantModule],
    };

    it('shows to a service below the tool the values of its own POST only', async () => {
      await start(application);
      const clients = await Promise.all(
        Array.from({ length: CLIENTS }, (__, index) => connect({ 'x-tenant': `t${index}` })),
      );
      for (let round = 0; round < CALLS; round++) {
        const answers = await Promise.all(
          clients.map((client) => client.call('tenant', { together: CLIENTS })),
        );
        expect(answers.map(({ text }) => text)).toEqual(
          clients.map((__, index) => `t${index} t${index}`),
        );
      }
      await Promise.all(clients.map((client) => client.expectIntact()));
    });

    it('separates overlapping calls of one session', async () => {
      await start(application);
      const client = await connect({ 'x-tenant': 'stream' });
      const calls = ['a', 'b', 'c'].map((tenant) =>
        client.call('tenant', { together: 3 }, { 'x-tenant': tenant }),
      );
      const texts = (await Promise.all(calls)).map(({ text }) => text);
      expect(texts).toEqual(['a a', 'b b', 'c c']);
      await client.expectIntact();
    });

    it('discards with the POST what a tool put into the store', async () => {
      await start(application);
      const client = await connect({ 'x-tenant': 'a' });
      expect(await client.call('remember', { value: 'first' })).toMatchObject({
        text: 'undefined',
      });
      expect(await client.call('remember', { value: 'second' })).toMatchObject({
        text: 'undefined',
      });
      expect((await get('/rest', { 'x-tenant': 'rest' })).body).toBe('rest');
      await client.expectIntact();
    });
  });
});
