import type { INestApplication } from '@nestjs/common';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { RawClient } from '../support/wire/raw-client.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const PING = JSON.stringify({ jsonrpc: '2.0', id: 'ping', method: 'ping' });
const inChunks = (text: string, size: number) =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, at) => {
    const part = text.slice(at * size, (at + 1) * size);
    return `${part.length.toString(16)}\r\n${part}\r\n`;
  }).join('');

describe.each(PLATFORMS)('a body in chunks, on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [ProbeTools] }));
  });

  afterAll(async () => {
    await app.close();
  });

  const post = async (chunks: string) => {
    const client = await RawClient.connect(url);
    const headers = {
      Host: url.host,
      'Content-Type': 'application/json',
      Accept: '*/*',
      'Transfer-Encoding': 'chunked',
    };
    await client.request('POST /mcp', headers, chunks);
    const answer = await client.answer();
    client.close();
    return answer;
  };

  it.each([
    ['of one byte', inChunks(PING, 1)],
    ['of one byte, up to 4,096', inChunks(PING.padEnd(4_096), 1)],
    ['of 64 bytes, as many as there may be', inChunks(PING.padEnd(1024 * 1024), 64)],
  ])('is accepted %s', async (_, chunks) => {
    const { status, body } = await post(`${chunks}0\r\n\r\n`);
    // The request reached the session check, and its session does not exist.
    expect(status).toBe(400);
    expect(body).toContain('Mcp-Session-Id');
  });

  it.each([
    ['of one byte', inChunks(PING.padEnd(4_097), 1)],
    ['of 50 bytes', inChunks(PING.padEnd(4_200 * 50), 50)],
  ])('is refused when it has more than 4,096 %s', async (_, chunks) => {
    const { status, headers, body } = await post(chunks);
    expect(status).toBe(400);
    expect(headers.connection).toBe('close');
    expect(JSON.parse(body)).toMatchObject({ error: { code: -32600 } });
    expect(body).toContain('tiny chunks');
  });

  it('costs no more than the bytes that were read before the refusal', async () => {
    const flood = inChunks(' '.repeat(4 * 1024 * 1024 - 100), 1);
    const headers = {
      Host: url.host,
      'Content-Type': 'application/json',
      'Transfer-Encoding': 'chunked',
      Accept: '*/*',
    };
    // The least of several attempts, since other processes use the machine too.
    let least = Infinity;
    for (let attempt = 0; attempt < 3 && least > 1_000; attempt++) {
      const before = process.cpuUsage();
      const client = await RawClient.connect(url);
      void client.request('POST /mcp', headers, flood);
      await expect(client.answer()).resolves.toMatchObject({ status: 400 });
      await client.closed();
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 1_000);
    }
    // 4 million chunks take 6 seconds, partly because the client runs in this process.
    expect(least).toBeLessThan(1_000);
  });
});
