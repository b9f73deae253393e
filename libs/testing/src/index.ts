export { McpTestClient } from './mcp-test-client.js';
export type { McpTestClientOptions, TestTransport } from './mcp-test-client.js';
export { listeningUrl } from './listening-url.js';
export { describeBackplane } from './backplane/describe-backplane.js';
export type { BackplaneCluster, MakeCluster } from './backplane/backplane-cluster.interface.js';
