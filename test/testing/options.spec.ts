import type { INestApplication } from '@nestjs/common';
import { describeBackplane, McpTestClient } from '@nestmcp/testing';
import { toolRequest } from '../../libs/testing/src/calls/tool-request.js';

const make = (): never => {
  throw new Error('made');
};

describe('options of the testing library', () => {
  it.each([
    [
      { transprt: 'sse' },
      /^transprt: not an option of McpTestClient\.connect\(\)\. Its options are transport, /,
    ],
    [null, /^The options of McpTestClient\.connect\(\) must be an object: \{ transport, /],
  ])('are refused before a client connects: %j', async (options, words) => {
    const connecting = McpTestClient.connect({} as INestApplication, options as never);
    await expect(connecting).rejects.toThrow(TypeError);
    await expect(connecting).rejects.toThrow(words);
  });

  it('are refused before a tool is called', () => {
    expect(() => toolRequest('find', [{}, { timeout: 5 }], 'default')).toThrow(
      'timeout: not an option of callTool(). Its options are signal, onProgress',
    );
    expect(toolRequest('find', [{ a: 1 }, { signal: undefined }], 'default').args).toEqual({
      a: 1,
    });
  });

  it('are refused before a contract is registered', () => {
    expect(() => describeBackplane('Any', make, { logs: false } as never)).toThrow(
      'logs: not an option of describeBackplane(). Its options are log',
    );
  });
});
