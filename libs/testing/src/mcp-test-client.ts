import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { type CallToolResult, ResultSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';
import type { INestApplication, Type } from '@nestjs/common';
import type { MethodName, ToolArguments } from './calls/tool-arguments.js';
import { ToolCall } from './calls/tool-call.js';
import { ToolListing } from './calls/tool-listing.js';
import { type CallOptions, toolRequest, type ToolTarget } from './calls/tool-request.js';
import { textOf } from './calls/outcome.js';
import { asyncDispose } from './client/async-dispose.js';
import { connect, type Connection } from './client/connection.js';
import { endpointOf } from './client/endpoint-of.js';
import { held } from './client/hold.js';
import type { TestNotification } from './client/received-notifications.js';
import { isInitialized, isListening } from './listening-url.js';
import { refuseUnknown } from './known-options.js';
import type {
  McpTestClientOptions,
  TestTransport,
} from './client/test-client-options.interface.js';
import { TICKET_HEADER, ticketFor, withdraw } from './users/test-users.js';

/** The type makes the compiler check that no option is missing. */
const CLIENT_OPTIONS: Readonly<Record<keyof McpTestClientOptions, true>> = {
  transport: true,
  headers: true,
  user: true,
  server: true,
  params: true,
};

/**
 * A real MCP client that is connected to an application under test, over a loopback socket. It is the client of the
 * official SDK, extended to speak 2026-07-28.
 *
 * @example
 * await using client = await McpTestClient.connect(app);
 * await client.callTool(EchoTools, 'echo', ['hi']).expectText('hi');
 */
export class McpTestClient implements AsyncDisposable {
  private readonly derived: McpTestClient[] = [];

  private constructor(
    private readonly app: INestApplication,
    private readonly options: McpTestClientOptions,
    private readonly connection: Connection,
    private readonly leave: () => void,
    private readonly isOwner: boolean,
  ) {}

  /**
   * Connects to the application. If it does not listen yet, initializes it and listens on a free loopback port. If
   * it was not initialized before, `await using` closes it too. Over 2026-07-28, the first call is also the first request.
   *
   * Neither the client nor a server that it started keeps the process alive, except while a request waits for its
   * response, for 60 s at most. So a test that fails before it closes them does not stop its runner from ending.
   * @throws TypeError when an option is unknown or a path parameter is missing; the error of the official client when
   * the server refuses the connection
   */
  static async connect(
    app: INestApplication,
    options: McpTestClientOptions = {},
  ): Promise<McpTestClient> {
    refuseUnknown('McpTestClient.connect()', options, CLIENT_OPTIONS);
    const isOwner = !isInitialized(app);
    const endpoint = await endpointOf(app, options);
    const ticket = options.user && ticketFor(options.user);
    const leave = (): void => (ticket === undefined ? undefined : withdraw(ticket));
    const headers = { ...options.headers, ...(ticket && { [TICKET_HEADER]: ticket }) };
    try {
      return new McpTestClient(app, options, await connect(endpoint, headers), leave, isOwner);
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** The same as {@link connect}, with the transport as an argument of its own. */
  static over(
    app: INestApplication,
    transport: TestTransport,
    options: Omit<McpTestClientOptions, 'transport'> = {},
  ): Promise<McpTestClient> {
    return McpTestClient.connect(app, { ...options, transport });
  }

  /** The official client, for requests that have no method here. Over 2026-07-28, its `ping()` fails. */
  get sdk(): Client {
    return this.connection.sdk;
  }

  /** The notifications received so far, except progress; see {@link CallOptions} for that. */
  get notifications(): readonly TestNotification[] {
    return this.connection.received.all;
  }

  /**
   * Connects another client to the same server, with this user for `TestUserGuard` and `withTestUsers()`. Other guards
   * do not see the user. Closing this client closes the other one, too.
   */
  as(user: object): Promise<McpTestClient> {
    return this.derive({ user });
  }

  /** Connects another client to the same server, which also sends these headers. Closing this client closes it, too. */
  withHeaders(headers: Record<string, string>): Promise<McpTestClient> {
    return this.derive({ headers: { ...this.options.headers, ...headers } });
  }

  /** Lists the tools, from all pages. */
  listTools(): ToolListing {
    return ToolListing.of(this.pages());
  }

  /**
   * Calls a tool by its class and method. Pass the arguments as a list of the values of its parameters, which TypeScript
   * checks, or as the object that clients send, which TypeScript checks only if the method begins with `@Param() dto`.
   * In a list, pass `undefined` for parameters without an argument (`ctx`, `@CurrentUser()`).
   */
  callTool<Host extends object, Method extends MethodName<Host>>(
    type: Type<Host>,
    method: Method,
    args?: ToolArguments<Host[Method]>,
    options?: CallOptions,
  ): ToolCall;
  /** Calls a tool by its name, with any arguments, also invalid ones. */
  callTool(name: string, args?: object, options?: CallOptions): ToolCall;
  callTool(target: ToolTarget, ...rest: readonly unknown[]): ToolCall {
    return ToolCall.of(this.call(target, rest));
  }

  /**
   * Calls a tool and returns the text of its result.
   * @throws Error when the result is an error, with its text as the message
   */
  async callText(name: string, args: object = {}): Promise<string> {
    const result = await this.callTool(name, args);
    const text = textOf(result);
    if (result.isError === true) throw new Error(text);
    return text;
  }

  /**
   * Runs `change` and waits until this client is notified that the list of tools has changed. Without `change`, waits
   * for the first notification that was not waited for yet.
   * @throws Error when no notification arrives within 4 s
   */
  async nextListChange(change: () => unknown = () => undefined): Promise<void> {
    await this.connection.listen();
    await change();
    await this.connection.received.next('notifications/tools/list_changed');
  }

  /** Closes this client, and those of {@link as} and {@link withHeaders}. You close the application yourself. */
  async close(): Promise<void> {
    await Promise.all(this.derived.splice(0).map((client) => client.close()));
    await this.connection.sdk.close();
    this.leave();
  }

  /**
   * Closes this client as {@link close} does, and then the application if {@link connect} initialized it. `await using`
   * calls it at the end of the block, even if the test fails.
   */
  async [asyncDispose](): Promise<void> {
    await this.close();
    if (this.isOwner && isListening(this.app)) await this.app.close();
  }

  private async derive(options: McpTestClientOptions): Promise<McpTestClient> {
    const client = await McpTestClient.connect(this.app, { ...this.options, ...options });
    this.derived.push(client);
    return client;
  }

  /** Uses the schema of any result, because the one of SDK 1.x refuses structured content that is not an object. */
  private async call(target: ToolTarget, rest: readonly unknown[]): Promise<CallToolResult> {
    const { server = 'default' } = this.options;
    const { name, args, options } = toolRequest(target, rest, server);
    const { signal, onProgress } = options;
    const request = { method: 'tools/call', params: { name, arguments: { ...args } } };
    const watching = { ...(signal && { signal }), ...(onProgress && { onprogress: onProgress }) };
    const result = await held(this.sdk.request(request, ResultSchema, watching));
    return result as CallToolResult;
  }

  private async pages(): Promise<Tool[]> {
    const tools: Tool[] = [];
    let cursor: string | undefined;
    do {
      const request = { method: 'tools/list', params: { ...(cursor !== undefined && { cursor }) } };
      const page = await held(this.sdk.request(request, ResultSchema));
      tools.push(...(page.tools as Tool[]));
      cursor = page.nextCursor as string | undefined;
    } while (cursor !== undefined);
    return tools;
  }
}
