import * as core from '@nestmcp/core';
import * as testing from '@nestmcp/testing';

describe('the public API', () => {
  it('exports from @nestmcp/core what is meant to be public', () => {
    expect(Object.keys(core).toSorted()).toEqual([
      'BackplaneUnavailableError',
      'Ctx',
      'Description',
      'EventsExpiredError',
      'InMemoryBackplane',
      'InMemoryBackplaneHub',
      'InjectMcp',
      'JsonRpcErrorCode',
      'McpBootException',
      'McpCallStatistics',
      'McpContext',
      'McpEditException',
      'McpEndpoints',
      'McpException',
      'McpExecutionContext',
      'McpHeader',
      'McpLoggerService',
      'McpMeta',
      'McpModule',
      'McpProtocolException',
      'McpRegistry',
      'McpTool',
      'McpToolType',
      'McpVisibility',
      'Param',
      'Progress',
      'Signal',
      'audio',
      'deriveToolName',
      'embedded',
      'getMcpToken',
      'image',
      'requireCapabilities',
      'resourceLink',
      'runStdio',
      'text',
      'toolReference',
    ]);
  });

  it('exports from @nestmcp/testing what is meant to be public', () => {
    expect(Object.keys(testing).toSorted()).toEqual([
      'McpTestClient',
      'TestUserGuard',
      'ToolCall',
      'ToolListing',
      'describeBackplane',
      'fakeClock',
      'listeningUrl',
      'withTestUsers',
    ]);
  });
});
