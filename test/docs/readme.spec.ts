import { readFileSync, statSync } from 'node:fs';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import ts from 'typescript';
import { McpModule } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import {
  type CodeFile,
  codeOf,
  complaintsAbout,
  loaderOf,
} from '../support/fixtures/markdown-code.js';

const README = readFileSync('README.md', 'utf8');
const APP = 'src/app.module.ts';
const TOOLS = 'src/orders/order.tools.ts';

/** The packages that the reader's application has. */
const ORDER_SERVICE: CodeFile = {
  path: 'src/orders/order.service.ts',
  code: `import { Injectable } from '@nestjs/common';
    import { CreateOrder } from './create-order.dto.js';
    @Injectable()
    export class OrderService {
      async place({ quantity, shipTo }: CreateOrder, signal: AbortSignal): Promise<{ orderId: string }> {
        signal.throwIfAborted();
        return { orderId: quantity + shipTo.country };
      }
    }`,
};

const REFUNDS: CodeFile = {
  path: 'src/refunds/refunds.module.ts',
  code: `import { type CanActivate, Module, UnauthorizedException, UseGuards } from '@nestjs/common';
    import { McpContext, McpModule, McpTool, McpToolType, Param } from '@nestmcp/core';
    export class JwtAuthGuard implements CanActivate {
      canActivate(): boolean { throw new UnauthorizedException(); }
    }
    @McpToolType()
    @UseGuards(JwtAuthGuard)
    export class RefundTools {
      @McpTool('Refund an order')
      refund(@Param('order') order: string, ctx: McpContext): string {
        return order + ' refunded by ' + (ctx.user as { id: string }).id;
      }
    }
    @Module({
      imports: [McpModule.forRoot({ name: 'refunds', version: '1.0.0' })],
      providers: [RefundTools],
    })
    export class RefundsModule {}`,
};

const files = [...codeOf('README.md'), ORDER_SERVICE, REFUNDS];
const load = loaderOf(files);
const quickStart = files.find(({ path }) => path === APP)?.code ?? '';

async function clientOf(app: INestApplication): Promise<McpTestClient> {
  return McpTestClient.over(app, 'sse');
}

async function applicationOf(...imports: (Type | DynamicModule)[]): Promise<INestApplication> {
  const testing = await Test.createTestingModule({ imports }).compile();
  return testing.createNestApplication();
}

describe('the README', () => {
  it('has 1,200 words or fewer, without the table that npm run compat writes', () => {
    const written = README.replace(/<!-- compat: begin -->.*<!-- compat: end -->/s, '');
    expect(written.split(/\s+/).length).toBeLessThanOrEqual(1_200);
  });

  it('shows a picture for light and one for dark, each of 150 KB or less', () => {
    const pictures = [...README.matchAll(/(?:src|srcset)="([^"]+\.png)"/g)].map(
      ([, picture = '']) => picture,
    );
    expect(pictures.toSorted()).toEqual([
      'docs/images/demo-dark.png',
      'docs/images/demo-light.png',
    ]);
    for (const picture of pictures) expect(statSync(picture).size).toBeLessThanOrEqual(150 * 1_024);
    expect(README).toMatch(/<img alt="[^"]{20,}" src="docs\/images\/demo-light\.png">/);
  });
});

describe('the code of the README', () => {
  it('compiles', () => {
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([APP, TOOLS, 'test/refunds.e2e-spec.ts']),
    );
    expect(complaintsAbout(files)).toEqual([]);
  });

  it('would not compile with a mistake in it', () => {
    const broken = { path: APP, code: quickStart.replace('return input', 'return input.size') };
    expect(complaintsAbout([broken])).toEqual([
      `src/app.module.ts:9: Property 'size' does not exist on type 'string'.`,
    ]);
  });
});

describe('the quick start', () => {
  it('has at most 14 lines, including its file name and blank lines', () => {
    expect(quickStart.trimEnd().split('\n').length).toBeLessThanOrEqual(14);
  });

  it('needs one package, one import line from it, and one class beside the module', () => {
    const imports = quickStart.match(/^import .*$/gm) ?? [];
    expect(imports.map((line) => /'([^']+)'/.exec(line)?.[1])).toEqual([
      '@nestjs/common',
      '@nestmcp/core',
    ]);
    expect(quickStart.match(/^(?:export )?class \w+/gm)).toEqual([
      'class EchoTools',
      'export class AppModule',
    ]);
  });

  it('logs the line that the README shows', async () => {
    const lines: unknown[] = [];
    const app = await applicationOf(load(APP).AppModule as Type);
    app.useLogger({
      log: (line: unknown) => lines.push(line),
      warn: () => undefined,
      error: () => undefined,
    });
    await app.init();
    await app.close();
    const [shown] = /echo: 1 tool at [^`]+/.exec(README) ?? [];
    expect(lines).toContain(shown);
  });

  it("runs, and serves a client's list and call requests", async () => {
    const app = await applicationOf(load(APP).AppModule as Type);
    const client = await clientOf(app);
    await expect(client.listTools()).resolves.toEqual([
      {
        name: 'echo',
        description: 'Echo the input',
        inputSchema: {
          type: 'object',
          properties: { input: { type: 'string', description: 'The input from the user' } },
          required: ['input'],
          additionalProperties: false,
        },
      },
    ]);
    await expect(client.callText('echo', { input: 'héllo 🌍' })).resolves.toBe('héllo 🌍');
    await client.close();
    await app.close();
  });
});

describe('the relative imports', () => {
  const paths = new Set(files.map(({ path }) => `/app/${path}`));
  const host: ts.ModuleResolutionHost = {
    fileExists: (path) => paths.has(path),
    readFile: () => undefined,
  };
  const imports = files.flatMap(({ path, code }) =>
    [...code.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => [path, target] as const),
  );

  it.each([
    ['the ES modules of Nest 12', ts.ModuleResolutionKind.NodeNext, /^$/],
    ['the CommonJS of Nest 11', ts.ModuleResolutionKind.Node10, /^$/],
    ['the CommonJS of Nest 11, without .js', ts.ModuleResolutionKind.Node10, /\.js$/],
  ])('lead to a file in %s', (_, moduleResolution, dropped) => {
    expect(imports.length).toBeGreaterThan(2);
    for (const [path, target] of imports) {
      const { resolvedModule } = ts.resolveModuleName(
        target.replace(dropped, ''),
        `/app/${path}`,
        { moduleResolution },
        host,
        undefined,
        undefined,
        ts.ModuleKind.ESNext,
      );
      expect([target, paths.has(resolvedModule?.resolvedFileName ?? '')]).toEqual([target, true]);
    }
  });

  it('are explained for projects without ES modules', () => {
    expect(README).toMatch(/In a CommonJS project.* leave `\.js` out/);
  });
});

describe('the larger tool', () => {
  let app: INestApplication;
  let client: McpTestClient;

  const ORDER = {
    customerId: '2f1f6c1e-0f4b-4b7e-9b0a-0c8f5d1f2a3b',
    quantity: 3,
    shipTo: { street: 'Main Street 1', country: 'CH' },
  };

  beforeAll(async () => {
    const { OrderService } = load(ORDER_SERVICE.path) as { OrderService: Type };
    const { OrderTools } = load(TOOLS) as { OrderTools: Type };
    app = await applicationOf(McpModule.forRoot({ name: 'orders', version: '1.0.0' }), {
      module: class OrdersModule {},
      providers: [OrderService, OrderTools],
    });
    client = await clientOf(app);
  });

  afterAll(async () => {
    await client.close();
    await app.close();
  });

  it('returns its result', async () => {
    await expect(client.callText('place_order', ORDER)).resolves.toBe('{"orderId":"3CH"}');
  });

  it('refuses invalid arguments with the message that the README shows', async () => {
    const { street } = ORDER.shipTo;
    const wrong = { ...ORDER, quantity: 100, shipTo: { street }, colour: 'red' };
    const { content } = await client.callTool('place_order', wrong);
    const [block] = content;
    const [, shown] = /```text\n(Invalid arguments.*?)\n```/s.exec(README) ?? [];
    expect(block).toEqual({ type: 'text', text: shown });
  });
});

describe('the test that the README shows', () => {
  it('has fewer than 15 lines for a guarded tool', () => {
    const { code = '' } = files.find(({ path }) => path === 'test/refunds.e2e-spec.ts') ?? {};
    expect(code.slice(code.indexOf("it('")).trimEnd().split('\n').length).toBeLessThan(15);
  });

  // The example registers its own test, here and now.
  load('test/refunds.e2e-spec.ts');
});
