export { McpTestClient } from './mcp-test-client.js';
export type {
  McpTestClientOptions,
  TestTransport,
} from './client/test-client-options.interface.js';
export type { TestNotification } from './client/received-notifications.js';
export { ToolCall } from './calls/tool-call.js';
export { ToolListing } from './calls/tool-listing.js';
export type { MethodName, PlainOf, ToolArguments } from './calls/tool-arguments.js';
export type { CallOptions } from './calls/tool-request.js';
export type { Words } from './calls/assertions.js';
export { TestUserGuard, withTestUsers } from './users/test-user.guard.js';
export { fakeClock } from './clock/fake-clock.js';
export type { FakeClock } from './clock/fake-clock.js';
export { listeningUrl } from './listening-url.js';
export { describeBackplane } from './backplane/describe-backplane.js';
export type { BackplaneCluster, MakeCluster } from './backplane/backplane-cluster.interface.js';
