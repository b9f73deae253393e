import { type INestApplication, Logger, type LoggerService } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { InMemoryBackplane, McpLoggerService, McpTool, McpToolType } from '@nestmcp/core';
import { changed } from '../support/app/broken-backplanes.js';
import { HttpSession, initialize, postMcp, toolCall } from '../support/wire/http-session.js';
import { postStateless } from '../support/wire/stateless-request.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { SseWire } from '../support/wire/sse-wire.js';
import { StdioWire } from '../support/wire/stdio-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

/** The failure, and whether Nest's own lines may trigger it once the application has started. */
const FAILURES: readonly (readonly [string, () => unknown, boolean])[] = [
  [
    'throws',
    () => {
      throw new Error('the disk is full');
    },
    true,
  ],
  ['rejects', () => Promise.reject(new Error('the disk is full')), false],
];

const FAILED = /An error occurred invoking 'fail' \(ref [0-9a-f]{8}\)/;

@McpToolType()
class Tools {
  @McpTool('Log with the logger of the application')
  log(): string {
    new Logger('Tools').warn('a line');
    return 'logged';
  }
}

/**
 * Fails for the lines of this package, and for all lines when the test says so. Nest itself does not survive each
 * failure.
 */
function brokenLogger(fail: () => unknown) {
  const state = { failsAtAll: false, failed: 0 };
  const line = (...given: unknown[]): unknown => {
    if (!state.failsAtAll && given.at(-1) !== 'McpModule') return undefined;
    state.failed++;
    return fail();
  };
  const logger: LoggerService = {
    log: line,
    error: line,
    warn: line,
    debug: line,
    verbose: line,
    fatal: line,
  };
  return { logger, state };
}

const down = () =>
  changed(new InMemoryBackplane(), ({ sessions }) => ({
    sessions: { ...sessions, put: () => Promise.reject(new Error('down')) },
  }));

const strays: unknown[] = [];
const stray = (thrown: unknown) => strays.push(thrown);

beforeAll(() => process.on('unhandledRejection', stray).on('uncaughtException', stray));
afterAll(() => process.off('unhandledRejection', stray).off('uncaughtException', stray));

const noStray = async (): Promise<unknown[]> => {
  await new Promise((resolve) => setImmediate(resolve));
  return strays;
};

describe.each(FAILURES)('a logger that %s', (_, fail, ofAll) => {
  describe.each(PLATFORMS)('on %s', (platform) => {
    let app: INestApplication;
    let url: URL;
    const failures: number[] = [];
    let logger: LoggerService;
    let state: { failsAtAll: boolean; failed: number };

    beforeEach(async () => {
      const broken = brokenLogger(fail);
      ({ state, logger } = broken);
      const identify = {
        canActivate: (context: { switchToHttp(): { getRequest(): object } }) =>
          Object.assign(context.switchToHttp().getRequest(), { user: {} }) !== undefined,
      };
      ({ app, url } = await startApp({
        platform,
        providers: [ProbeTools, Tools, { provide: APP_GUARD, useValue: identify }],
        logger: broken.logger,
        mcp: { backplane: down(), drain: 50 },
      }));
      state.failsAtAll = ofAll;
    });

    afterEach(async () => {
      await app.close();
      failures.push(state.failed);
    });

    it('loses no response: of a tool that fails, over every transport', async () => {
      const session = await HttpSession.open(url);
      expect((await session.post(toolCall(1, 'fail'))).body).toMatch(FAILED);
      const statelessRequest = { method: 'tools/call', params: { name: 'fail', arguments: {} } };
      expect((await postStateless(url, statelessRequest)).body).toMatch(FAILED);
      const wire = await SseWire.open(new URL('/sse', url));
      await wire.initialize();
      expect(JSON.stringify(await wire.call(1, 'tools/call', { name: 'fail' }))).toMatch(FAILED);
      wire.close();
    });

    it('loses no response: of a tool that logs, with a copy for the client', async () => {
      state.failsAtAll = true;
      app.useLogger(new McpLoggerService(logger));
      const session = await HttpSession.open(url);
      const { body } = await session.post(toolCall(1, 'log'));
      expect(body).toContain('"text":"logged"');
      expect(body).toContain('notifications/message');
    });

    it('still refuses unknown hosts and pages', async () => {
      const strange = { host: 'evil.example', origin: 'https://evil.example' };
      for (const [name, value] of Object.entries(strange))
        expect(await postMcp(url, initialize(), { [name]: value })).toMatchObject({ status: 403 });
    });

    it('lets the drain end a call that does not end itself', async () => {
      const session = await HttpSession.open(url);
      const cut = session.post(toolCall(1, 'wait'));
      await app.get(ProbeTools).running(1);
      await app.close();
      expect((await cut).body).toContain('"error"');
    });

    it('has failed in each of these tests, without an uncaught error in the process', async () => {
      expect(failures).toHaveLength(4);
      expect(Math.min(...failures)).toBeGreaterThan(0);
      expect(await noStray()).toEqual([]);
    });
  });
});

describe('over stdio, a logger that throws', () => {
  it('loses no response', async () => {
    const { logger, state } = brokenLogger(() => {
      throw new Error('the disk is full');
    });
    const wire = await StdioWire.start({ providers: [ProbeTools], options: { logger } });
    state.failsAtAll = true;
    await wire.initialize();
    const answer = await wire.request(1, 'tools/call', { name: 'fail' });
    expect(JSON.stringify(answer)).toMatch(FAILED);
    expect(state.failed).toBeGreaterThan(0);
    await wire.end();
    expect(await noStray()).toEqual([]);
  });
});
