import type { INestApplication } from '@nestjs/common';
import { McpRemote, startDemo } from '../support/app/demo-process.js';

const ANSWERED_WITHIN_MS = 5_000;
const TEXT = 'héllo 🌍';

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'desktop', version: '1' },
  },
};
const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };
const LIST = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
const ECHO = {
  jsonrpc: '2.0',
  id: 3,
  method: 'tools/call',
  params: { name: 'echo', arguments: { input: TEXT } },
};

describe('npx mcp-remote in front of the demo', () => {
  let app: INestApplication;
  let sse: string;
  let remote: McpRemote;
  let startedAt: number;

  beforeAll(async () => {
    const demo = await startDemo();
    app = demo.app;
    sse = new URL('/sse', demo.url).href;
  });

  afterAll(async () => {
    await app.close();
  });

  afterEach(async () => {
    await remote.stop();
  });

  async function start(...flags: readonly string[]): Promise<void> {
    startedAt = performance.now();
    remote = await McpRemote.start(sse, ...flags);
  }

  async function expectAnswers(): Promise<void> {
    await expect(remote.answer(1)).resolves.toMatchObject({
      result: { serverInfo: { name: 'echo-demo' } },
    });
    await expect(remote.answer(2)).resolves.toMatchObject({
      result: { tools: expect.arrayContaining([expect.objectContaining({ name: 'echo' })]) },
    });
    await expect(remote.answer(3)).resolves.toMatchObject({
      result: { content: [{ type: 'text', text: TEXT }] },
    });
    expect(performance.now() - startedAt).toBeLessThan(ANSWERED_WITHIN_MS);
  }

  it.each([
    ['with no flags, after its attempt at Streamable HTTP', []],
    ['with --transport sse-only', ['--transport', 'sse-only']],
  ])(
    'initializes, lists and calls echo within five seconds %s',
    async (_, flags) => {
      await start(...flags);
      remote.send(INITIALIZE);
      await remote.answer(1);
      remote.send(INITIALIZED, LIST);
      await remote.answer(2);
      remote.send(ECHO);
      await expectAnswers();
    },
    20_000,
  );

  it('answers a client that writes all its messages at once', async () => {
    await start();
    remote.send(INITIALIZE, INITIALIZED, LIST, ECHO);
    await expectAnswers();
  }, 20_000);
});
