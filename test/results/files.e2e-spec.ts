import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { ClassSerializerInterceptor, StreamableFile } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { McpTool, McpToolType, text } from '@nestmcp/core';
import { Exclude } from 'class-transformer';
import { deferred } from '../support/deferred.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

const HI = Buffer.from('hi');

class Account {
  readonly id = 7;
  @Exclude() readonly password = 'secret';
}

@McpToolType()
class FileTools {
  readonly streams: Readable[] = [];
  readonly reading = deferred();

  @McpTool({ mimeType: 'image/png' }) picture(): Buffer {
    return HI;
  }
  @McpTool({ mimeType: 'audio/wav' }) async sound(): Promise<Buffer> {
    return HI;
  }
  @McpTool({ mimeType: 'text/csv; charset=utf-16le' }) table(): Buffer {
    return Buffer.from('a;b', 'utf16le');
  }
  @McpTool({ mimeType: 'application/pdf' }) pages(): unknown {
    return [HI, text('and'), HI];
  }
  @McpTool() file(): StreamableFile {
    return new StreamableFile(Readable.from([Buffer.from('h'), Buffer.from('i')]), {
      type: 'application/pdf',
      disposition: 'attachment; filename="my report.pdf"',
    });
  }
  @McpTool() note(): StreamableFile {
    return new StreamableFile(HI, { type: 'text/plain' });
  }
  @McpTool({ mimeType: 'text/plain' }) readable(): Readable {
    return Readable.from([HI, HI]);
  }
  @McpTool({ mimeType: 'text/plain' }) web(): unknown {
    return ReadableStream.from([HI, HI]);
  }
  @McpTool() failing(): StreamableFile {
    const stream = new Readable({ read: () => stream.destroy(new Error('secret disk')) });
    return new StreamableFile(this.kept(stream));
  }
  @McpTool({ timeout: '50ms' }) quiet(): StreamableFile {
    return new StreamableFile(this.kept(new Readable({ read: () => this.reading.resolve() })));
  }
  @McpTool() endless(): StreamableFile {
    const stream = new Readable({ read: () => stream.push(Buffer.alloc(65_536)) });
    return new StreamableFile(this.kept(stream));
  }
  @McpTool() declared(): StreamableFile {
    const length = 2 ** 40;
    return new StreamableFile(this.kept(new Readable({ read: this.reading.resolve })), { length });
  }
  @McpTool() within(): unknown {
    return { file: new StreamableFile(this.kept(new Readable({ read: this.reading.resolve }))) };
  }
  @McpTool() account(): Account {
    return new Account();
  }
  @McpTool() accounts(): unknown {
    return { items: [new Account()], at: new Date(0) };
  }

  private kept(stream: Readable): Readable {
    this.streams.push(stream);
    return stream;
  }
}

const words = (value: string) => ({ type: 'text', text: value });
const resource = (uri: RegExp) => ({
  type: 'resource',
  resource: { uri: expect.stringMatching(uri), mimeType: 'application/pdf', blob: 'aGk=' },
});

const CASES: readonly (readonly [string, object[]])[] = [
  ['picture', [{ type: 'image', data: 'aGk=', mimeType: 'image/png' }]],
  ['sound', [{ type: 'audio', data: 'aGk=', mimeType: 'audio/wav' }]],
  ['table', [words('a;b')]],
  ['pages', [resource(/^result:/), words('and'), resource(/^result:/)]],
  ['file', [resource(/^result:\/\/file\/[\w-]{36}\/my%20report\.pdf$/)]],
  ['note', [words('hi')]],
  ['readable', [words('hihi')]],
  ['web', [words('hihi')]],
  ['account', [words('{"id":7}')]],
  ['accounts', [words('{"items":[{"id":7}],"at":"1970-01-01T00:00:00.000Z"}')]],
];

const WAYS: readonly (readonly [string, TestAppOptions['providers']])[] = [
  ['directly', []],
  ['behind a guard', [{ provide: APP_GUARD, useValue: { canActivate: () => true } }]],
  [
    'beside ClassSerializerInterceptor',
    [{ provide: APP_INTERCEPTOR, useClass: ClassSerializerInterceptor }],
  ],
];

describe.each(PLATFORMS)('files and instances on %s', (platform) => {
  const { start, connect } = harness(platform);

  describe.each(WAYS)('%s', (_, providers = []) => {
    const startWithTools = async () => {
      const { app } = await start({ providers: [FileTools, ...providers] });
      return app.get(FileTools);
    };

    it.each(CASES)('become content: %s', async (name, content) => {
      await startWithTools();
      const client = await connect();
      expect(await client.result(name)).toEqual({ content });
      expect(client.wire.raw).not.toContain('secret');
      await client.expectIntact();
    });

    it.each([
      ['failing', /^An error occurred invoking 'failing' \(ref /],
      ['quiet', /timed out/],
      ['endless', /is too large/],
      ['declared', /is too large/],
    ])('make only the call fail, and leave no stream open: %s', async (name, message) => {
      const { streams } = await startWithTools();
      const client = await connect();
      expect(await client.call(name)).toMatchObject({
        text: expect.stringMatching(message),
        isError: true,
      });
      expect(streams.map(({ destroyed }) => destroyed)).toEqual([true]);
      expect(client.wire.raw).not.toContain('secret');
      await client.expectIntact();
    });

    it('are no longer read when the call is cancelled', async () => {
      const { streams, reading } = await startWithTools();
      const client = await connect();
      await client.postCall('quiet');
      await reading.promise;
      await client.cancelLast();
      await client.expectIntact();
      expect(streams.map(({ destroyed }) => destroyed)).toEqual([true]);
    });
  });

  it('are refused inside other values, and are closed there, too', async () => {
    const { app } = await start({ providers: [FileTools] });
    const client = await connect();
    expect((await client.call('within')).text).toBe(
      "The result of tool 'within' cannot be sent: a stream or file within another value has no JSON.",
    );
    expect(app.get(FileTools).streams.map(({ destroyed }) => destroyed)).toEqual([true]);
    await client.expectIntact();
  });
});
