export { McpTestClient } from './mcp-test-client.js';
export type { McpTestClientOptions, TestTransport } from './mcp-test-client.js';
export { listeningUrl } from './listening-url.js';
