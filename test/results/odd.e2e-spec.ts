import { type CanActivate, StreamableFile } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { McpTool, McpToolType } from '@nestmcp/core';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

const MEGABYTES = 50 * 2 ** 20;
const circle: { self?: unknown } = {};
circle.self = circle;

/** Values that methods return by accident, and their meaning. */
@McpToolType()
class OddTools {
  @McpTool() nothing(): unknown {
    return undefined;
  }
  @McpTool() null(): unknown {
    return null;
  }
  @McpTool() bigint(): unknown {
    return { n: 2n ** 64n };
  }
  @McpTool() circular(): unknown {
    return circle;
  }
  @McpTool() function(): unknown {
    return () => 1;
  }
  @McpTool() symbol(): unknown {
    return Symbol('s');
  }
  @McpTool() hugeText(): unknown {
    return 'x'.repeat(MEGABYTES);
  }
  @McpTool() hugeBytes(): unknown {
    return Buffer.alloc(MEGABYTES);
  }
  @McpTool() hugeFile(): unknown {
    return new StreamableFile(Buffer.alloc(MEGABYTES), { type: 'image/png' });
  }
  @McpTool() surrogate(): unknown {
    return 'a\ud800b';
  }
  @McpTool() throwing(): unknown {
    return {
      toJSON: () => {
        throw new Error('secret of the application');
      },
    };
  }
  @McpTool() bytes(): unknown {
    return Buffer.from('hi');
  }
  @McpTool() date(): unknown {
    return new Date(0);
  }
  @McpTool() map(): unknown {
    return new Map([['a', new Map([['b', 1n]])]]);
  }
}

const text = (value: string) => ({ content: [{ type: 'text', text: value }] });
const error = (value: unknown) => ({ content: [{ type: 'text', text: value }], isError: true });
const tooLarge = (name: string) => error(expect.stringContaining(`'${name}' is too large`));

const EXPECTED: readonly (readonly [string, object])[] = [
  ['nothing', { content: [] }],
  ['null', text('null')],
  ['bigint', text('{"n":"18446744073709551616"}')],
  ['circular', error(expect.stringContaining('an object that refers back to itself'))],
  ['function', error(expect.stringContaining('a value of type function has no JSON'))],
  ['symbol', error(expect.stringContaining('a value of type symbol has no JSON'))],
  ['huge_text', tooLarge('huge_text')],
  ['huge_bytes', tooLarge('huge_bytes')],
  ['huge_file', tooLarge('huge_file')],
  ['surrogate', text('a\ufffdb')],
  ['throwing', error(expect.stringMatching(/^An error occurred invoking 'throwing' \(ref /))],
  [
    'bytes',
    {
      content: [
        {
          type: 'resource',
          resource: {
            uri: expect.stringMatching(/^result:\/\/bytes\/[\w-]{36}$/),
            mimeType: 'application/octet-stream',
            blob: 'aGk=',
          },
        },
      ],
    },
  ],
  ['date', text('1970-01-01T00:00:00.000Z')],
  ['map', text('{"a":{"b":"1"}}')],
];

const guard: CanActivate = { canActivate: () => true };
const WAYS: readonly (readonly [string, TestAppOptions])[] = [
  ['directly', { providers: [OddTools] }],
  ['behind a guard', { providers: [OddTools, { provide: APP_GUARD, useValue: guard }] }],
];

describe.each(PLATFORMS)('unusual values on %s', (platform) => {
  const { start, connect } = harness(platform);

  it.each(WAYS)(
    'become a result or one clear error each, and the stream continues: %s',
    async (_, app) => {
      await start(app);
      const client = await connect();
      for (const [name, expected] of EXPECTED) {
        expect(await client.result(name)).toEqual(expected);
        await client.expectIntact();
      }
      expect(client.wire.raw).not.toContain('secret');
    },
  );

  it('never encodes a refused value as base64', async () => {
    const encode = jest.spyOn(Buffer.prototype, 'toString');
    await start({ providers: [OddTools] });
    const client = await connect();
    await client.result('huge_bytes');
    await client.result('huge_file');
    const encoded = encode.mock.calls.filter(([encoding]) => encoding === 'base64');
    encode.mockRestore();
    expect(encoded).toEqual([]);
  });
});
