import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type Bridge, startBridge } from './bridge.js';
import { BehaviourTools } from './fixture/behaviour.tools.js';
import { ContentTools } from './fixture/content.tools.js';
import { type RunningApp, startApp } from '../support/app/test-app.js';

describe('the bridge from the conformance suites to HTTP+SSE', () => {
  let running: RunningApp;
  let bridge: Bridge;

  beforeAll(async () => {
    running = await startApp({ providers: [ContentTools, BehaviourTools] });
    bridge = await startBridge(new URL('/sse', running.url));
  });

  afterAll(async () => {
    await bridge.close();
    await running.app.close();
  });

  const connect = async () => {
    const client = new Client({ name: 'test', version: '1.0.0' });
    const transport = new StreamableHTTPClientTransport(bridge.url);
    await client.connect(transport);
    return { client, transport };
  };

  const post = (headers: Record<string, string>, method = 'tools/list') =>
    fetch(bridge.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: {} }),
    });

  it('sends responses and notifications to the request that they belong to', async () => {
    const { client } = await connect();
    const told: number[] = [];
    const [listed, slow, text] = await Promise.all([
      client.listTools(),
      client.callTool({ name: 'test_tool_with_progress' }, undefined, {
        onprogress: ({ progress }) => told.push(progress),
      }),
      client.callTool({ name: 'test_simple_text' }),
    ]);
    expect(listed.tools.map(({ name }) => name)).toContain('test_simple_text');
    expect(slow.content).toEqual([{ type: 'text', text: 'Done' }]);
    expect(text.content).toEqual([
      { type: 'text', text: 'This is a simple text response for testing.' },
    ]);
    expect(told).toEqual([0, 50, 100]);
    await client.close();
  });

  it('passes on refusals of the server, and their headers', async () => {
    expect((await post({ origin: 'http://evil.example.com' }, 'initialize')).status).toBe(403);
  });

  it('knows a session until it is ended', async () => {
    const { client, transport } = await connect();
    const { sessionId = '' } = transport;
    expect((await post({ 'mcp-session-id': sessionId })).status).toBe(200);
    await transport.terminateSession();
    expect((await post({ 'mcp-session-id': sessionId })).status).toBe(404);
    await client.close();
  });

  it('serves nothing without a session except initialize', async () => {
    expect((await post({})).status).toBe(400);
    expect((await fetch(bridge.url)).status).toBe(405);
  });
});
