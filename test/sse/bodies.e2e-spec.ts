import { ExpressAdapter } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { McpModule } from '@nestmcp/core';
import { listeningUrl } from '@nestmcp/testing';
import express from 'express';
import type { RequestHandler } from 'express';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { SseWire } from '../support/wire/sse-wire.js';

const discard: RequestHandler = (request, _response, next) => {
  request.resume().once('end', next);
};
const keepRaw: RequestHandler = (request, _response, next) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    Object.assign(request, { rawBody: Buffer.concat(chunks), body: 'something else' });
    next();
  });
};

/** The parsers of an application's own Express instance run before Nest, and so before the gates. */
describe('a body that was read before the gates', () => {
  it.each([
    ['parsed', express.json({ limit: '50mb' })],
    ['as text', express.text({ type: '*/*', limit: '50mb' })],
    ['as bytes', express.raw({ type: '*/*', limit: '50mb' })],
    ['as rawBody beside another body', keepRaw],
  ])('is accepted %s, within the same limit', async (_, reader) => {
    const { app, wire } = await start(reader);
    await wire.initialize();
    await wire.post(call(1, 'héllo'));
    await expect(wire.answer(1)).resolves.toMatchObject({
      result: { content: [{ text: 'héllo' }] },
    });
    await expect(wire.post(call(2, 'x'.repeat(2_000)))).resolves.toMatchObject({ status: 413 });
    wire.close();
    await app.close();
  });

  it('returns a parse error when nothing of it is left', async () => {
    const { app, wire } = await start(discard);
    const answer = await wire.post('{"jsonrpc":"2.0","method":"x"}');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: -32700 } });
    wire.close();
    await app.close();
  });
});

async function start(reader: RequestHandler) {
  const own = express().use(reader);
  const server = McpModule.forRoot({ name: 'own', version: '1', limits: { bodyBytes: 1_000 } });
  const testing = await Test.createTestingModule({ imports: [server], providers: [ProbeTools] })
    .setLogger(false as never)
    .compile();
  const app = testing.createNestApplication(new ExpressAdapter(own));
  const wire = await SseWire.open(new URL('/sse', await listeningUrl(app)));
  return { app, wire };
}

function call(id: number, input: string): object {
  const params = { name: 'echo', arguments: { input } };
  return { jsonrpc: '2.0', id, method: 'tools/call', params };
}
