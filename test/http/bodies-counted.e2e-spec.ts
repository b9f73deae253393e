import { type CanActivate, type INestApplication, Injectable } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ExpressAdapter } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { McpModule } from '@nestmcp/core';
import { listeningUrl } from '@nestmcp/testing';
import { BodyQuota } from '../../libs/core/src/transports/http/quotas/body-quota.js';
import { deferred } from '../support/deferred.js';
import { eventually } from '../support/eventually.js';
import { RawClient } from '../support/wire/raw-client.js';
import { type Platform, PLATFORMS } from '../support/app/test-app.js';

const LIMITS = { bodyBytes: 10_000, bufferedBytes: 30_000, bufferedBytesPerAddress: 20_000 };
const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
const asked = { open: deferred(), count: 0 };

/** Delays the verdict until the test releases it. */
@Injectable()
class SlowGuard implements CanActivate {
  async canActivate(): Promise<boolean> {
    asked.count++;
    await asked.open.promise;
    return true;
  }
}

const serverOf = (name: string) =>
  McpModule.forRoot({
    server: name,
    name,
    version: '1',
    path: name,
    limits: LIMITS,
    guards: [SlowGuard],
  });

/** Two servers, behind a trusted proxy. */
async function start(platform: Platform): Promise<{ app: INestApplication; url: URL }> {
  const testing = await Test.createTestingModule({
    imports: [serverOf('one'), serverOf('two')],
  })
    .setLogger(false as never)
    .compile();
  const app =
    platform === 'fastify'
      ? testing.createNestApplication(new FastifyAdapter({ trustProxy: true }))
      : testing.createNestApplication(new ExpressAdapter());
  if (platform === 'express')
    (app.getHttpAdapter().getInstance() as { set(name: string, value: boolean): void }).set(
      'trust proxy',
      true,
    );
  return { app, url: await listeningUrl(app) };
}

describe.each(PLATFORMS)('bodies of many requests, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;
  let budget: BodyQuota;
  let clients: RawClient[];

  beforeAll(async () => {
    ({ app, url } = await start(platform));
    budget = app.get(BodyQuota, { strict: false });
  });

  beforeEach(() => {
    Object.assign(asked, { open: deferred(), count: 0 });
    clients = [];
  });

  afterEach(async () => {
    for (const client of clients) client.close();
    await eventually(() => budget.held === 0);
  });

  afterAll(async () => {
    await app.close();
  });

  /** Sends this part of a body of `length` bytes. */
  const post = async (
    length: number,
    part: string,
    { from = '127.0.0.1', server = 'one' } = {},
  ): Promise<RawClient> => {
    const client = await RawClient.connect(url);
    clients.push(client);
    const headers = {
      Host: url.host,
      'Content-Type': 'application/json',
      Accept: '*/*',
      'Content-Length': String(length),
      'X-Forwarded-For': from,
    };
    await client.request(`POST /${server}/mcp`, headers, part);
    return client;
  };

  /** All of the largest body except its end. */
  const held = async (options = {}): Promise<RawClient> => {
    const before = budget.held;
    const client = await post(10_000, ' '.repeat(9_999), options);
    await eventually(() => budget.held > before);
    return client;
  };

  const refused = { status: 503, headers: { 'retry-after': '1', connection: 'close' } };

  it('are held up to a limit for all servers together, and then refused until space is free', async () => {
    const [first] = [await held(), await held({ server: 'two' }), await held()];
    expect(budget.held).toBe(3 * 9_999);
    for (const server of ['one', 'two']) {
      const answer = await (await post(10_000, ' ', { server })).answer();
      expect(answer).toMatchObject(refused);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: -32603 } });
    }
    first.close();
    await eventually(() => budget.held === 2 * 9_999);
    await held();
  });

  it('are held up to a limit for each address that a trusted proxy names', async () => {
    await held({ from: '192.0.2.1' });
    await held({ from: '192.0.2.1' });
    await expect((await post(10_000, ' ', { from: '192.0.2.1' })).answer()).resolves.toMatchObject(
      refused,
    );
    await held({ from: '192.0.2.2' });
  });

  it('count until guards have admitted them, by the bytes that arrived', async () => {
    const waiting = await post(PING.length, PING);
    await eventually(() => asked.count === 1);
    expect(budget.held).toBe(PING.length);
    asked.open.resolve();
    await expect(waiting.answer()).resolves.toMatchObject({ status: 400 });
    expect(budget.held).toBe(0);
    await post(10_000, 'x');
    await eventually(() => budget.held > 0);
    expect(budget.held).toBeLessThanOrEqual(1_024);
  });

  it('are released however a request ends', async () => {
    for (const [length, part] of [
      [5, 'false'],
      [3, 'not'],
      [20_000, ' '],
    ] as const) {
      const answer = await (await post(length, part)).answer();
      expect([400, 413]).toContain(answer.status);
      await eventually(() => budget.held === 0);
    }
  });
});
