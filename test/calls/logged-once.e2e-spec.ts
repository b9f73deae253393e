import {
  type CallHandler,
  Catch,
  type ExceptionFilter,
  type INestApplication,
  Injectable,
  type LoggerService,
  type NestInterceptor,
  type Type,
  UseFilters,
} from '@nestjs/common';
import { createRequire } from 'node:module';
import { McpTool, McpToolType } from '@nestmcp/core';
import { map, type Observable, of } from 'rxjs';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import {
  fail,
  FailingTools,
  HiddenTools,
  NAMES,
  thrown,
} from '../support/fixtures/failing.tools.js';
import { call, STATELESS, StdioWire } from '../support/wire/stdio-wire.js';
import { HttpSession, StatelessWire, sseWire, type Wire } from '../support/wire/wires.js';

@Injectable()
class GlobalPlain implements NestInterceptor {
  intercept(_: unknown, next: CallHandler): Observable<unknown> {
    return next.handle();
  }
}

type Line = readonly unknown[];

/** A logger that keeps every line from warnings on. */
function keeping() {
  const lines: Line[] = [];
  const keep = (...line: unknown[]): void => void lines.push(line);
  const logger: LoggerService = { log: () => undefined, warn: keep, error: keep, fatal: keep };
  return { lines, logger };
}

interface Caller {
  readonly call: (name: string) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}
type Started = Caller & { readonly lines: Line[] };

const over =
  (platform: (typeof PLATFORMS)[number], open: (url: URL) => Promise<Wire>) =>
  async (providers: Type[]): Promise<Started> => {
    const { lines, logger } = keeping();
    const { app, url } = await startApp({ platform, providers, logger });
    const wire = await open(url);
    let id = 0;
    return {
      lines,
      call: async (name) => (await wire.ask(++id, 'tools/call', { name, arguments: {} })).answer(),
      close: () => closeAll(wire, app),
    };
  };

async function closeAll(wire: Wire, app: INestApplication): Promise<void> {
  wire.close();
  await app.close();
}

const overStdio = async (meta: object, providers: Type[]): Promise<Started> => {
  const { lines, logger } = keeping();
  const wire = await StdioWire.start({ providers, options: { logger } });
  await wire.initialize();
  let id = 0;
  return {
    lines,
    call: (name) => wire.request(++id, 'tools/call', call(name, {}, meta)),
    close: () => wire.end(),
  };
};

describe.each([
  ...PLATFORMS.flatMap((platform) => [
    [`HTTP+SSE on ${platform}`, over(platform, (url) => sseWire(url, '2025-06-18'))] as const,
    [`Streamable HTTP on ${platform}`, over(platform, (url) => HttpSession.begin(url))] as const,
    [`2026-07-28 on ${platform}`, over(platform, async (url) => new StatelessWire(url))] as const,
  ]),
  ['stdio', (providers: Type[]) => overStdio({}, providers)] as const,
  ['stdio with 2026-07-28', (providers: Type[]) => overStdio(STATELESS, providers)] as const,
])('a failure, over %s', (_, start) => {
  let started: Started;
  beforeAll(async () => {
    started = await start([FailingTools, HiddenTools, GlobalPlain]);
  });
  afterAll(() => started.close());
  beforeEach(() => {
    thrown.length = 0;
    started.lines.length = 0;
  });

  it.each(NAMES)('is logged once, with its reference and the original error: %s', async (name) => {
    const answer = JSON.stringify(await started.call(name));
    const [, reference = 'none'] = /\(ref ([0-9a-f]{8})\)/.exec(answer) ?? [];
    expect(started.lines).toHaveLength(1);
    const [line = []] = started.lines;
    expect(String(line[0])).toMatch(
      new RegExp(`^MCP110 FailingTools\\.\\w+\\(\\) failed \\(ref ${reference}\\)\n`),
    );
    expect((line[0] as Error).cause).toBe(thrown.at(-1));
    expect(thrown).toHaveLength(1);
    expect(line.map(String).join('\n')).toContain(
      "{ type: 'QueryFailedError', code: '23505', query: 'INSERT INTO customers' }",
    );
    expect(line.at(-1)).toBe('McpModule');
  });

  it.each(['hidden', 'hidden_later'])('of a visibility check is logged once: %s', async (name) => {
    await started.call(name);
    expect(started.lines).toHaveLength(1);
    expect(started.lines[0]?.[0]).toHaveProperty('cause', thrown[0]);
    await started.call(name);
    expect(started.lines).toHaveLength(1);
  });
});

describe('a logger like pino', () => {
  it('gets the error itself, and writes its type and fields', async () => {
    const { pino } = createRequire(require.resolve('fastify'))('pino') as {
      pino: (
        options: object,
        stream: { write(line: string): void },
      ) => { error(...line: unknown[]): void };
    };
    const written: string[] = [];
    const target = pino({}, { write: (line) => void written.push(line) });
    // As nestjs-pino passes on what Nest's logger gets.
    const error = (message: unknown, ...more: unknown[]): void =>
      message instanceof Error
        ? target.error({ context: more.at(-1), err: message }, ...more.slice(0, -1))
        : target.error({ context: more.at(-1) }, message, ...more.slice(0, -1));
    const logger = { log: () => undefined, warn: () => undefined, error };
    const { app, url } = await startApp({ providers: [FailingTools], logger });
    const wire = await HttpSession.begin(url);
    await (await wire.ask(1, 'tools/call', { name: 'guard', arguments: {} })).answer();
    await closeAll(wire, app);
    expect(written).toHaveLength(1);
    const [line = ''] = written;
    expect(JSON.parse(line)).toMatchObject({
      context: 'McpModule',
      msg: expect.stringMatching(/^MCP110 FailingTools\.guard\(\) failed \(ref \w{8}\)$/),
      err: {
        stack: expect.stringContaining('duplicate key'),
        original: { type: 'QueryFailedError', code: '23505', query: 'INSERT INTO customers' },
      },
    });
  });
});

describe('a filter that handles a failure', () => {
  it('leaves the log to the application', async () => {
    @Catch()
    class Handling implements ExceptionFilter {
      catch(): string {
        return 'handled';
      }
    }
    @McpToolType()
    @UseFilters(Handling)
    class HandledTools {
      @McpTool()
      handled(): Observable<string> {
        return of('x').pipe(map(fail));
      }
    }
    const { lines, logger } = keeping();
    const { app, url } = await startApp({ providers: [HandledTools], logger });
    const wire = await HttpSession.begin(url);
    const answer = await (await wire.ask(1, 'tools/call', { name: 'handled' })).answer();
    await closeAll(wire, app);
    expect(answer).toMatchObject({ result: { content: [{ text: 'handled' }] } });
    expect(lines).toEqual([]);
  });
});
