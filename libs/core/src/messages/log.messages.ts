/** Every line that this package logs. None contains an argument, a result, a token or a session id. */
export const SERVER_READY = (
  server: string,
  entries: readonly string[],
  routes: readonly string[],
): string => `${server}: ${entries.join(', ')} at ${routes.join(', ') || 'no route'}`;

export const ENDPOINT_FROM_ROOT =
  "HTTP+SSE: the endpoint event names a path from the root of the host, after the prefix of X-Forwarded-Prefix. If a proxy strips a prefix and does not send this header, set McpModule.forRoot({ transports: { sse: { endpoint: 'https://example.com/gateway' } } }).";

/** `host` is a value for the option, in quotes. */
export const HOST_REFUSED = (host: string): string =>
  `MCP101 refused a request for host ${host}: only loopback names and those of allowedHosts are served. If it is yours, add it to McpModule.forRoot({ allowedHosts: [${host}] }). Further ones are refused silently.`;

export const NO_HOST = (host: string): string =>
  `MCP101 refused a request whose Host is ${host}, which is not a host name. Further ones are refused silently.`;

export const TWO_HOSTS = (): string =>
  'MCP101 refused a request with two Host headers. Further ones are refused silently.';

/** `origin` is a value for the option, in quotes. */
export const ORIGIN_REFUSED = (origin: string): string =>
  `MCP102 refused a request from a page at ${origin}. If it is yours, add it to McpModule.forRoot({ allowedOrigins: [${origin}] }). Further ones are refused silently.`;

export const NULL_ORIGIN_REFUSED = (origin: string): string =>
  `MCP102 refused a request from a page without an origin of its own: a file, a sandboxed frame, a data URL. Serve the page from an origin and list that. McpModule.forRoot({ allowedOrigins: [${origin}] }) would allow every such page, from any source. Further ones are refused silently.`;

export const NO_ORIGIN = (origin: string): string =>
  `MCP102 refused a request whose Origin is ${origin}, which is not an origin. Further ones are refused silently.`;

export const FOREIGN_PAGE_REFUSED = (): string =>
  'MCP102 refused a request that a page of another site made without an Origin: as an image, a script, or with fetch() in mode no-cors. If the page is yours, let it use fetch() or EventSource, and list its origin in allowedOrigins. Further ones are refused silently.';

export const USER_WITHOUT_IDENTITY = (members: readonly string[]): string =>
  `MCP103 the user on the request has none of ${members.join(', ')}, so its sessions are not bound to a user. Identify users with McpModule.forRoot({ principal: (request) => … }).`;
export const CALL_FAILED = (where: string, reference: string): string =>
  `MCP110 ${where} failed (ref ${reference})`;

export const HTTP_NEEDED_BY = (where: string, enhancer: string, reference: string): string =>
  `MCP066 ${where}: ${printable(enhancer)} needs an HTTP request, and a call over stdio has none (ref ${reference}). The call was denied. Let it decide without a request where context.getType() is 'mcp', or serve the tool over HTTP only: see "Guards" in the guide to stdio.`;

export const RESULT_NOT_SENT = (where: string, reason: string): string =>
  `MCP112 ${where} returned a result that clients cannot read: ${reason}. The client got an error result. Make content with text(), image(), audio(), resourceLink() and embedded(), or return the value itself.`;

export const GUARD_NOT_TRUE = (guard: string, type: string): string =>
  `MCP111 the guard ${printable(guard)} returned a truthy value of type ${type}, which counts as a denial: only true allows. Return a boolean from canActivate(). Further ones of this guard are refused silently.`;

export const RESULT_NOT_CONFORMING = (findings: readonly string[]): string =>
  [
    'The result does not conform to the output of the tool:',
    ...findings.map((finding) => `- ${finding}`),
  ].join('\n');

export const NO_STRUCTURED_CONTENT = 'it has no structuredContent';

export const BACKPLANE_DEGRADED = (problem: string): string =>
  `MCP130 the backplane does not answer: ${printable(problem)}. Sessions that this process knows are served. Further failures are logged after it has answered again.`;
export const BACKPLANE_ANSWERS =
  'MCP131 the backplane answers again: sessions of other processes are served.';

export const DRAIN_CUT = (calls: number, waiting: number): string =>
  `MCP120 shutting down: ${calls} running ${calls === 1 ? 'call' : 'calls'} did not end within the drain and were answered with an error${
    waiting === 0
      ? ''
      : `, and ${waiting} ${waiting === 1 ? 'request' : 'requests'} still waiting for guards`
  }. To wait longer, set McpModule.forRoot({ drain }).`;

export const CLIENT_NOT_READING = (
  clients: number,
  bytes: number,
  reason: 'bytes' | 'time',
): string =>
  `MCP121 cut off ${clients} ${clients === 1 ? 'client' : 'clients'} that did not read: ${bytes} bytes were waiting for the last one, ${reason === 'bytes' ? 'and all waiting bytes together exceeded limits.resultBytes' : 'which read none of them within limits.writeTimeout'}. Further ones are logged once a minute.`;

export const LISTENER_FAILED =
  'MCP140 the listener of an event or a timer threw an error. Nothing else is affected; please report it.';

export const HEADER_LEFT_OUT = (name: string): string =>
  `MCP141 the header ${printable(name)} that the application set was left out of an answer: HTTP does not allow its name or its value. Check the value where it is set.`;

const UNPRINTABLE = /[^\x20-\x7e]/g;
// oxlint-disable-next-line no-control-regex -- control characters are what it searches for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LONGEST_STACK = 8_000;

/**
 * Makes a stack (or what was thrown instead of an error) safe to log: without terminal escapes, and of limited
 * length.
 */
export function loggableStack(stack: string): string {
  return stack.slice(0, LONGEST_STACK).replace(CONTROL, '?');
}

/**
 * Text from outside for a log line: printable ASCII only, cut at 100 characters. It is a copy, because a slice keeps
 * the whole string in memory.
 */
export function printable(text: string): string {
  return Buffer.from(text.slice(0, 100).replace(UNPRINTABLE, '?'), 'latin1').toString('latin1');
}

/** The same, in quotes. */
export function quoted(text: string): string {
  return `'${printable(text)}'`;
}

export const NO_VERDICT = (milliseconds: number): string =>
  `No verdict within ${milliseconds / 1000} s`;
