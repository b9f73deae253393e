import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { type CanActivate, type INestApplication, Injectable } from '@nestjs/common';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { RawClient } from '../support/wire/raw-client.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const MEBIBYTE = 1024 * 1024;
const BODY_LIMIT = 4 * MEBIBYTE;
const CLIENTS = 25;
const JSON_TYPE = { 'Content-Type': 'application/json', Accept: '*/*' };

/** Refuses requests without the header that admits them. */
@Injectable()
class LetInGuard implements CanActivate {
  canActivate(context: { switchToHttp(): { getRequest(): { headers: object } } }): boolean {
    return !('x-refuse' in context.switchToHttp().getRequest().headers);
  }
}

const sized = (length: number) => ({ 'Content-Length': String(length) });

/** Encodes text as one HTTP chunk. */
const chunk = (length: number) => `${length.toString(16)}\r\n${' '.repeat(length)}\r\n`;

describe.each(PLATFORMS)(
  'a request that is answered before all of it arrived, on %s',
  (platform) => {
    let app: INestApplication;
    let url: URL;

    beforeAll(async () => {
      ({ app, url } = await startApp({
        platform,
        providers: [ProbeTools],
        mcp: { guards: [LetInGuard] },
      }));
    });

    afterAll(async () => {
      await app.close();
    });

    const post = (headers: Readonly<Record<string, string>>) => ({
      Host: url.host,
      ...JSON_TYPE,
      ...headers,
    });

    it.each([
      ['with its length', sized(5 * MEBIBYTE), ' '.repeat(5 * MEBIBYTE)],
      ['in chunks', { 'Transfer-Encoding': 'chunked' }, `${chunk(MEBIBYTE).repeat(5)}0\r\n\r\n`],
      [
        'after 100 Continue',
        { ...sized(5 * MEBIBYTE), Expect: '100-continue' },
        ' '.repeat(5 * MEBIBYTE),
      ],
    ])('shows the 413 to every client that sends 5 MiB %s', async (_, headers, body) => {
      const seen = await Promise.all(
        Array.from({ length: CLIENTS }, async () => {
          const client = await RawClient.connect(url);
          await client.requestUnread('POST /mcp', post(headers), body);
          const answer = await client.answer();
          await client.closed();
          return answer;
        }),
      );
      for (const { status, headers: given, body: text } of seen) {
        expect(status).toBe(413);
        expect(given).toMatchObject({ connection: 'close', 'content-length': String(text.length) });
        expect(JSON.parse(text)).toMatchObject({ error: { code: -32600 } });
      }
      expect(seen).toHaveLength(CLIENTS);
    });

    const REFUSALS = [
      [403, 'POST /mcp', { Host: 'evil.example' }],
      [405, 'PUT /mcp', {}],
      [406, 'POST /mcp', { Accept: 'text/html' }],
      [415, 'POST /mcp', { 'Content-Type': 'text/plain' }],
      [415, 'POST /messages?sessionId=x', { 'Content-Encoding': 'gzip' }],
      [406, 'GET /sse', { Accept: 'text/html' }],
    ] as const;

    it.each(REFUSALS)(
      'keeps the connection after %i to %s, for the request that follows the body',
      async (status, line, headers) => {
        const client = await RawClient.connect(url);
        await client.request(line, post({ ...sized(1_000), ...headers }), '{');
        await expect(client.answer()).resolves.toMatchObject({ status });
        await client.send(' '.repeat(999));
        await client.request('GET /nowhere', { Host: url.host });
        await expect(client.answer()).resolves.toMatchObject({ status: 404 });
        client.close();
      },
    );

    it.each(REFUSALS)(
      'ends the connection after %i to %s, when the body does not arrive',
      async (status, line, headers) => {
        const client = await RawClient.connect(url);
        await client.request(line, post({ ...sized(1_000), ...headers }), '{');
        await expect(client.answer()).resolves.toMatchObject({ status });
        await client.closed();
      },
    );

    it.each([
      [403, 'GET /sse', { 'X-Refuse': 'yes' }],
      [403, 'DELETE /mcp', { 'X-Refuse': 'yes' }],
      [400, 'DELETE /mcp', {}],
    ] as const)(
      'is answered with %i to %s only when its body has arrived',
      async (status, line, headers) => {
        const client = await RawClient.connect(url);
        await client.request(line, post({ ...sized(1_000), ...headers }), ' '.repeat(999));
        const answer = client.answer();
        await expect(Promise.race([answer, client.send('')])).resolves.toBeUndefined();
        await client.send(' ');
        await expect(answer).resolves.toMatchObject({ status });
        await client.request('GET /nowhere', { Host: url.host });
        await expect(client.answer()).resolves.toMatchObject({ status: 404 });
        client.close();
      },
    );

    it('is answered in order, and so is a request that was sent with it', async () => {
      const client = await RawClient.connect(url);
      const refused = `POST /mcp HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 4\r\n\r\n1234`;
      await client.send(refused + refused + refused.slice(0, -2));
      for (const status of [415, 415, 415])
        await expect(client.answer()).resolves.toMatchObject({ status });
      await client.send(`34GET /nowhere HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
      await expect(client.answer()).resolves.toMatchObject({ status: 404 });
      client.close();
    });

    it('reads at most one more body from a client that does not stop', async () => {
      const connection = once(app.getHttpServer() as Server, 'connection') as Promise<[Socket]>;
      const client = await RawClient.connect(url);
      const [socket] = await connection;
      await client.request('POST /mcp', post({ 'Transfer-Encoding': 'chunked' }));
      const sending = client.send(chunk(MEBIBYTE).repeat(64));
      await expect(client.answer()).resolves.toMatchObject({ status: 413 });
      await client.closed();
      await sending;
      expect(socket.bytesRead).toBeGreaterThan(2 * BODY_LIMIT);
      expect(socket.bytesRead).toBeLessThan(2 * BODY_LIMIT + MEBIBYTE);
    });
  },
);
