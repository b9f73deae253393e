import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { type INestApplication, StreamableFile } from '@nestjs/common';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const PNG = Buffer.from('iVBORw0KGgoAAAAN', 'base64');
const PICTURE = { type: 'image', data: 'iVBORw0KGgoAAAAN', mimeType: 'image/png' };
const text = (words: string) => ({ type: 'text', text: words });
const file = (uri: RegExp, mimeType: string, blob: string) => ({
  type: 'resource',
  resource: { uri: expect.stringMatching(uri) as unknown, mimeType, blob },
});

const MALFORMED: Readonly<Record<string, readonly [unknown, string]>> = {
  dataUri: [
    { content: [{ type: 'image', data: 'data:image/png;base64,aGk=', mimeType: 'image/png' }] },
    'content[0].data is not base64, but a data: URL',
  ],
  urlSafe: [
    [{ type: 'image', data: 'a-_=', mimeType: 'image/png' }],
    'content[0].data is not base64, but base64url',
  ],
  link: [
    { content: [{ type: 'resource_link', uri: 'https://example.com/a' }] },
    'content[0].name is missing',
  ],
  resource: [
    { content: [text('secret'), { type: 'resource', resource: { text: 'x' } }] },
    'content[1].resource.uri is missing',
  ],
  isError: [{ content: [text('secret')], isError: 'yes' }, 'isError must be true or false'],
  annotations: [
    { content: [{ ...text('secret'), annotations: { audience: 'user' } }] },
    'content[0].annotations.audience must be a list',
  ],
  circle: [
    (() => {
      const self: Record<string, unknown> = {};
      return Object.assign(self, { self });
    })(),
    'an object that refers back to itself has no JSON',
  ],
};

const csv = { headers: { 'content-type': 'text/csv; charset=utf-8' } };
const MEANT: Readonly<Record<string, readonly [() => unknown, readonly object[]]>> = {
  bytes: [() => [{ type: 'image', data: PNG }], [PICTURE]],
  sniffed: [() => PNG, [PICTURE]],
  mixed: [() => ['see', PICTURE, PNG, 'end'], [text('see'), PICTURE, PICTURE, text('end')]],
  within: [
    () => ({ content: ['see', PNG, new Blob(['a;b'], { type: 'text/csv' })] }),
    [text('see'), PICTURE, text('a;b')],
  ],
  response: [() => new Response('a;b', csv), [text('a;b')]],
  json: [() => Response.json({ a: 1 }), [text('{"a":1}')]],
  picture: [() => new Response(PNG, { headers: { 'content-type': 'image/png' } }), [PICTURE]],
  nothing: [() => new Response(null, csv), [text('')]],
  named: [
    () =>
      new Response('hi', {
        headers: {
          'content-type': 'application/zip',
          'content-disposition': 'attachment; filename="a b.zip"',
        },
      }),
    [file(/^result:\/\/get\/[\w-]{36}\/a%20b\.zip$/, 'application/zip', 'aGk=')],
  ],
  blob: [() => new Blob([PNG], { type: 'image/png' }), [PICTURE]],
  untyped: [() => new Blob([PNG]), [PICTURE]],
  file: [
    () => new File(['hi'], 'a.zip', { type: 'application/zip' }),
    [file(/\/a\.zip$/, 'application/zip', 'aGk=')],
  ],
  streamable: [
    () =>
      new StreamableFile(Buffer.from('hi'), {
        type: 'application/zip',
        disposition: 'attachment; filename="b.zip"',
      }),
    [file(/\/b\.zip$/, 'application/zip', 'aGk=')],
  ],
};

@McpToolType()
class ContentTools {
  /** Fires when a stream was released. */
  cancelled = deferred();
  reading = deferred();

  @McpTool()
  get(@Param('what') what: string): unknown {
    return MALFORMED[what]?.[0] ?? MEANT[what]?.[0]();
  }

  @McpTool()
  failed(): Response {
    return new Response('no such page', { status: 404, headers: { 'content-type': 'text/plain' } });
  }

  @McpTool()
  endless(): Response {
    return this.response((controller) => controller.enqueue(Buffer.alloc(65_536)));
  }

  @McpTool()
  declared(): Response {
    return this.response(() => undefined, { 'content-length': String(2 ** 40) });
  }

  @McpTool()
  quiet(): Response {
    return this.response(() => {
      this.reading.resolve();
      return new Promise(() => undefined);
    });
  }

  @McpTool()
  nested(): unknown {
    return { page: this.response(() => undefined) };
  }

  private response(
    pull: (controller: ReadableStreamDefaultController<Uint8Array>) => unknown,
    headers = {},
  ): Response {
    const cancel = (): void => this.cancelled.resolve();
    const source = {
      pull: async (controller: ReadableStreamDefaultController<Uint8Array>) =>
        void (await pull(controller)),
      cancel,
    };
    return new Response(new ReadableStream<Uint8Array>(source, { highWaterMark: 0 }), { headers });
  }
}

const nothing = (): void => undefined;

describe.each(PLATFORMS)('content that tools create themselves, on %s', (platform) => {
  let app: INestApplication;
  let tools: ContentTools;
  const errors: string[] = [];
  const v1 = new ClientV1({ name: 'v1', version: '1' });
  const v2 = new ClientV2({ name: 'v2', version: '1' });

  beforeAll(async () => {
    const started = await startApp({
      platform,
      providers: [ContentTools],
      mcp: { limits: { resultBytes: 1_000_000 } },
      logger: { log: nothing, warn: nothing, error: (line: string) => errors.push(line) },
    });
    app = started.app;
    tools = app.get(ContentTools);
    await v1.connect(new HttpV1(new URL('/mcp', started.url)));
    await v2.connect(new HttpV2(new URL('/mcp', started.url)));
  });

  beforeEach(() => {
    errors.length = 0;
    tools.cancelled = deferred();
    tools.reading = deferred();
  });

  afterAll(async () => {
    await v1.close();
    await v2.close();
    await app.close();
  });

  it.each(Object.entries(MALFORMED))(
    'becomes an error for the model and a line in the log: %s',
    async (what, [, words]) => {
      for (const client of [v1, v2])
        expect(await client.callTool({ name: 'get', arguments: { what } })).toEqual({
          content: [text(`The result of tool 'get' cannot be sent: ${words}.`)],
          isError: true,
        });
      const line = expect.stringContaining(
        `MCP112 ContentTools.get() returned a result that clients cannot read: ${words}.`,
      ) as unknown;
      expect(errors).toEqual([line, line]);
      expect(errors.join()).not.toContain('secret');
    },
  );

  it.each(Object.entries(MEANT))('is sent unchanged: %s', async (what, [, content]) => {
    for (const client of [v1, v2])
      expect(await client.callTool({ name: 'get', arguments: { what } })).toEqual({ content });
    expect(errors).toEqual([]);
  });

  it('becomes an error when it is an error response of another server', async () => {
    expect(await v1.callTool({ name: 'failed' })).toEqual({
      content: [text('no such page')],
      isError: true,
    });
  });

  it.each([
    ['endless', 'is too large'],
    ['declared', 'is too large'],
    ['nested', 'a stream or file within another value'],
  ])('releases a response that is not sent: %s', async (name, words) => {
    expect(await v1.callTool({ name })).toMatchObject({
      content: [text(expect.stringContaining(words) as string)],
      isError: true,
    });
    await tools.cancelled.promise;
  });

  it('releases a response when the call is cancelled', async () => {
    const cancel = new AbortController();
    const call = v1.callTool({ name: 'quiet' }, undefined, { signal: cancel.signal });
    const ended = call.then(
      () => false,
      () => true,
    );
    await tools.reading.promise;
    cancel.abort();
    expect(await ended).toBe(true);
    await tools.cancelled.promise;
  });
});
