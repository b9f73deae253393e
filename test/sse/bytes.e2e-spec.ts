import type { INestApplication } from '@nestjs/common';
import { assert, asyncProperty, string } from 'fast-check';
import { ProbeTools } from '../support/fixtures/probe.tools.js';
import { send, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

// Four scripts, an emoji of two code units with a joiner, both Unicode line ends, CR, LF, NUL, quotes.
const TEXT = 'aé漢ж👩‍💻\u2028\u2029\r\n\0"\\\u0007';

describe.each(PLATFORMS)('text over HTTP+SSE on %s', (platform) => {
  let app: INestApplication;
  let wire: SseWire;

  beforeAll(async () => {
    const running = await startApp({ platform, providers: [ProbeTools] });
    app = running.app;
    wire = await SseWire.open(new URL('/sse', running.url));
    await wire.initialize();
  });

  afterAll(async () => {
    wire.close();
    await app.close();
  });

  const echoed = async (id: string, input: string) => {
    const answer = await wire.call(id, 'tools/call', { name: 'echo', arguments: { input } });
    return (answer.result as { content: [{ text: string }] }).content[0].text;
  };

  it('is unchanged when its body is split at every byte', async () => {
    const endpoint = await wire.endpoint();
    const { length } = body('s000');
    for (let at = 1; at < length; at++) {
      const id = `s${String(at).padStart(3, '0')}`;
      const bytes = body(id);
      const chunks = [bytes.subarray(0, at), bytes.subarray(at)];
      const { status } = await send(
        'POST',
        endpoint,
        { 'content-type': 'application/json' },
        chunks,
      );
      expect(status).toBe(202);
      const answer = await wire.answer(id);
      expect(answer.result).toEqual({ content: [{ type: 'text', text: TEXT }] });
    }
  });

  it('is unchanged for any characters', async () => {
    let number = 0;
    await assert(
      asyncProperty(string({ unit: 'binary', maxLength: 200 }), async (input) => {
        expect(await echoed(`p${number++}`, input)).toBe(input);
      }),
      { numRuns: 300 },
    );
  });

  it('is complete at 1 MiB, despite the default 100 kB limit of body parsers', async () => {
    const input = 'ü'.repeat(512 * 1024);
    expect(await echoed('big', input)).toBe(input);
  });
});

function body(id: string): Buffer {
  const params = { name: 'echo', arguments: { input: TEXT } };
  return Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params }));
}
