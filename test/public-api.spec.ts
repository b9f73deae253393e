import * as core from '@nestmcp/core';
import * as testing from '@nestmcp/testing';

describe('the public API', () => {
  it('of @nestmcp/core is what was meant to be public', () => {
    expect(Object.keys(core).toSorted()).toEqual([
      'Ctx',
      'Description',
      'JsonRpcErrorCode',
      'McpBootException',
      'McpCallStatistics',
      'McpContext',
      'McpEndpoints',
      'McpException',
      'McpExecutionContext',
      'McpHeader',
      'McpModule',
      'McpProtocolException',
      'McpTool',
      'McpToolType',
      'Param',
      'Progress',
      'Signal',
      'audio',
      'deriveToolName',
      'embedded',
      'image',
      'requireCapabilities',
      'resourceLink',
      'text',
    ]);
  });

  it('of @nestmcp/testing is what was meant to be public', () => {
    expect(Object.keys(testing).toSorted()).toEqual(['McpTestClient', 'listeningUrl']);
  });
});
