import { type INestApplication, Logger } from '@nestjs/common';
import { McpTestClient } from '@nestmcp/testing';
import request, { type Response } from 'supertest';
import { startDemo } from '../support/app/demo-process.js';

const FOREIGN = 'https://page.example';

describe('the application of the demo', () => {
  let app: INestApplication | undefined;

  afterEach(async () => {
    jest.restoreAllMocks();
    await app?.close();
    app = undefined;
  });

  async function start(env: NodeJS.ProcessEnv = {}): Promise<INestApplication> {
    const demo = await startDemo(env);
    app = demo.app;
    return demo.app;
  }

  /** The preflight that a browser sends before a page of another origin may POST JSON. */
  async function preflight(demo: INestApplication, origin = FOREIGN): Promise<Response> {
    return request(demo.getHttpServer())
      .options('/messages')
      .set({ origin, 'access-control-request-method': 'POST' });
  }

  async function corsOf(demo: INestApplication, origin = FOREIGN): Promise<unknown> {
    const answer = await request(demo.getHttpServer()).get('/clock/now').set({ origin });
    return answer.headers['access-control-allow-origin'];
  }

  it.each([
    ['127.0.0.1', {}],
    ['127.0.0.1', { HOST: '' }],
    ['0.0.0.0', { HOST: '0.0.0.0' }],
  ])('listens on %s under %j', async (address, env) => {
    const demo = await start(env);
    expect(demo.getHttpServer().address()).toMatchObject({ address });
  });

  it('allows CORS for every page in development, without credentials, and warns once', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn');
    const demo = await start({ NODE_ENV: 'development' });
    expect(await corsOf(demo)).toBe('*');
    const { headers } = await preflight(demo);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(
      warn.mock.calls.filter(([text]) => String(text).startsWith('CORS is open')),
    ).toHaveLength(1);
  });

  it.each([{}, { CORS_ORIGIN: '*' }])('denies CORS in production with %j', async (env) => {
    const warn = jest.spyOn(Logger.prototype, 'warn');
    const demo = await start({ NODE_ENV: 'production', ...env });
    expect(await corsOf(demo)).toBeUndefined();
    expect((await preflight(demo)).headers).not.toHaveProperty('access-control-allow-origin');
    expect(warn).not.toHaveBeenCalled();
  });

  it('admits only the pages that CORS_ORIGIN names, in production too', async () => {
    const env = { NODE_ENV: 'production', CORS_ORIGIN: `https://other.example, ${FOREIGN}` };
    const demo = await start(env);
    expect(await corsOf(demo)).toBe(FOREIGN);
    expect(await corsOf(demo, 'https://stranger.example')).toBeUndefined();
  });

  it.each([
    [403, {}],
    [405, { CORS_ORIGIN: FOREIGN }],
  ])('answers MCP requests of a foreign page with %i under %j', async (status, env) => {
    const demo = await start(env);
    await request(demo.getHttpServer()).post('/sse').set({ origin: FOREIGN }).expect(status);
  });

  it('serves MCP under the names of ALLOWED_HOSTS', async () => {
    const demo = await start({ ALLOWED_HOSTS: 'mcp.example' });
    const post = (host: string) => request(demo.getHttpServer()).post('/sse').set({ host });
    await post('mcp.example').expect(405);
    await post('rebound.example').expect(403);
  });

  it.each(['http', '70000', '-1', ''])('refuses %j as a port by name', async (PORT) => {
    await expect(startDemo({ PORT })).rejects.toThrow(`PORT must be a number`);
  });

  it.each(['127.0.0.1', '0.0.0.0'])(
    'has a tool that asks its clock over HTTP, on %s',
    async (HOST) => {
      const demo = await start({ HOST });
      const client = await McpTestClient.over(demo, 'sse');
      const before = Date.now();
      const told = Date.parse(await client.callText('current_time'));
      expect(told).toBeGreaterThanOrEqual(before);
      expect(told).toBeLessThanOrEqual(Date.now());
      await client.close();
    },
  );
});
