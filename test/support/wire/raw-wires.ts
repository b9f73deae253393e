import type { INestApplication, Type } from '@nestjs/common';
import { HttpSession, postMcp } from './http-session.js';
import { SseWire } from './sse-wire.js';
import { STATELESS, StdioWire } from './stdio-wire.js';
import { type Platform, startApp } from '../app/test-app.js';

/** Sends JSON as it is written. Resolves to all messages for it, once `found` is among them. */
export interface RawWire {
  /** Members for the `_meta` of every request, as JSON without braces. Empty when there are none. */
  readonly meta: string;
  send(text: string, found: RegExp): Promise<string>;
  close(): Promise<void> | void;
}

const META = JSON.stringify(STATELESS).slice(1, -1);

async function sse(url: URL): Promise<RawWire> {
  const wire = await SseWire.open(new URL('/sse', url));
  await wire.initialize();
  return {
    meta: '',
    async send(text, found) {
      const from = wire.raw.length;
      const { status, body } = await wire.post(text);
      if (status !== 202) return body;
      return wire.until(() => {
        const got = wire.raw.slice(from);
        return found.test(got) ? got : undefined;
      });
    },
    close: () => wire.close(),
  };
}

async function http(url: URL, version?: string): Promise<RawWire> {
  const session = await HttpSession.open(url, version === undefined ? {} : { version });
  return {
    meta: '',
    send: async (text) => (await session.post(text)).body,
    close: async () => void (await session.delete()),
  };
}

function stateless(url: URL): RawWire {
  return {
    meta: META,
    async send(text) {
      const { method, params } = JSON.parse(text) as {
        method: unknown;
        params?: { name?: unknown } | null;
      };
      const headers: Record<string, string> = {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': String(method),
      };
      if (typeof params?.name === 'string') headers['mcp-name'] = params.name;
      return (await postMcp(url, text, headers)).body;
    },
    close: () => undefined,
  };
}

async function stdio(tools: Type, meta: string): Promise<RawWire> {
  const wire = await StdioWire.start({ providers: [tools] });
  let raw = '';
  wire.output.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
  await wire.initialize();
  return {
    meta,
    async send(text, found) {
      const from = raw.length;
      wire.raw(`${text}\n`);
      return wire.until(() => (found.test(raw.slice(from)) ? raw.slice(from) : undefined));
    },
    close: async () => wire.end(),
  };
}

/** The transport of a wire, and how to open it. */
export type RawRow = readonly [string, () => Promise<RawWire> | RawWire];

/** Every transport and revision: over HTTP on a platform, and over stdio. */
export function rawWires(
  tools: Type,
  platform: Platform,
): { readonly rows: readonly RawRow[]; readonly url: () => URL } {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({ platform, providers: [tools] }));
  });

  afterAll(() => app.close());

  return {
    url: () => url,
    rows: [
      ['HTTP+SSE', async () => sse(url)],
      ['Streamable HTTP of 2025-03-26', async () => http(url, '2025-03-26')],
      ['Streamable HTTP of 2025-11-25', async () => http(url)],
      ['Streamable HTTP of 2026-07-28', () => stateless(url)],
      ...(platform === 'express'
        ? [
            ['stdio of 2025-11-25', async () => stdio(tools, '')] as const,
            ['stdio of 2026-07-28', async () => stdio(tools, META)] as const,
          ]
        : []),
    ],
  };
}
