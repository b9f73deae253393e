import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { type CallToolResult, ResultSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';
import type { INestApplication, Type } from '@nestjs/common';
import type { MethodName, ToolArguments } from './calls/tool-arguments.js';
import { ToolCall } from './calls/tool-call.js';
import { ToolListing } from './calls/tool-listing.js';
import { type CallOptions, toolRequest, type ToolTarget } from './calls/tool-request.js';
import { textOf } from './calls/outcome.js';
import { connect, type Connection } from './client/connection.js';
import { endpointOf } from './client/endpoint-of.js';
import type { TestNotification } from './client/received-notifications.js';
import { refuseUnknown } from './known-options.js';
import type {
  McpTestClientOptions,
  TestTransport,
} from './client/test-client-options.interface.js';
import { TICKET_HEADER, ticketFor, withdraw } from './users/test-users.js';

/** The compiler holds that none is missing. */
const CLIENT_OPTIONS: Readonly<Record<keyof McpTestClientOptions, true>> = {
  transport: true,
  headers: true,
  user: true,
  server: true,
  params: true,
};

/**
 * A real MCP client connected to an application under test, over a loopback socket: the official SDK's, which
 * speaks 2026-07-28 here as well.
 *
 * @example
 * const client = await McpTestClient.connect(app);
 * await client.callTool(EchoTools, 'echo', ['hi']).expectText('hi');
 * await client.close();
 */
export class McpTestClient {
  private readonly derived: McpTestClient[] = [];

  private constructor(
    private readonly app: INestApplication,
    private readonly options: McpTestClientOptions,
    private readonly connection: Connection,
    private readonly leave: () => void,
  ) {}

  /**
   * Connects to the application; initializes it, and lets it listen on a free loopback port, where that
   * was not done before. The application stays the caller's to close. Over 2026-07-28 no request is made
   * before the first call.
   * @throws TypeError for an unknown option, and what the official client throws when it is refused.
   */
  static async connect(
    app: INestApplication,
    options: McpTestClientOptions = {},
  ): Promise<McpTestClient> {
    refuseUnknown('McpTestClient.connect()', options, CLIENT_OPTIONS);
    const endpoint = await endpointOf(app, options);
    const ticket = options.user && ticketFor(options.user);
    const leave = (): void => (ticket === undefined ? undefined : withdraw(ticket));
    const headers = { ...options.headers, ...(ticket && { [TICKET_HEADER]: ticket }) };
    try {
      return new McpTestClient(app, options, await connect(endpoint, headers), leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** {@link connect}, with the transport named beside the options. */
  static over(
    app: INestApplication,
    transport: TestTransport,
    options: Omit<McpTestClientOptions, 'transport'> = {},
  ): Promise<McpTestClient> {
    return McpTestClient.connect(app, { ...options, transport });
  }

  /** The official client, for whatever has no short form here. Over 2026-07-28, it has no `ping()`. */
  get sdk(): Client {
    return this.connection.sdk;
  }

  /** Every notification that came, but progress; see {@link CallOptions} for that. */
  get notifications(): readonly TestNotification[] {
    return this.connection.received.all;
  }

  /**
   * Another client of the same server, which is this user to `TestUserGuard` and `withTestUsers()`. It is
   * closed with this one. Anybody else's guards see no user.
   */
  as(user: object): Promise<McpTestClient> {
    return this.derive({ user });
  }

  /** Another client of the same server, which sends these headers too. It is closed with this one. */
  withHeaders(headers: Record<string, string>): Promise<McpTestClient> {
    return this.derive({ headers: { ...this.options.headers, ...headers } });
  }

  /** Every page of the list. */
  listTools(): ToolListing {
    return ToolListing.of(this.pages());
  }

  /**
   * Calls a tool by its class and method. The arguments are the values of its parameters, as a list that
   * TypeScript checks, or the object that clients send, checked where the method begins with `@Param() dto`.
   * By position, parameters that no argument is bound to (`ctx`, `@CurrentUser()`) are `undefined`.
   */
  callTool<Host extends object, Method extends MethodName<Host>>(
    type: Type<Host>,
    method: Method,
    args?: ToolArguments<Host[Method]>,
    options?: CallOptions,
  ): ToolCall;
  /** Calls a tool by its name, with any arguments: wrong ones too. */
  callTool(name: string, args?: object, options?: CallOptions): ToolCall;
  callTool(target: ToolTarget, ...rest: readonly unknown[]): ToolCall {
    return ToolCall.of(this.call(target, rest));
  }

  /**
   * Calls a tool that answers in text, and gives the text.
   * @throws Error with that text when the call failed.
   */
  async callText(name: string, args: object = {}): Promise<string> {
    const result = await this.callTool(name, args);
    const text = textOf(result);
    if (result.isError === true) throw new Error(text);
    return text;
  }

  /**
   * Does something that changes the list of tools, and waits until this client was told. Without an action,
   * the first change that was not waited for yet.
   * @throws Error when it is not told within 4 s.
   */
  async nextListChange(change: () => unknown = () => undefined): Promise<void> {
    await this.connection.listen();
    await change();
    await this.connection.received.next('notifications/tools/list_changed');
  }

  /** Closes the client, and those that were made of it. */
  async close(): Promise<void> {
    await Promise.all(this.derived.splice(0).map((client) => client.close()));
    await this.connection.sdk.close();
    this.leave();
  }

  private async derive(options: McpTestClientOptions): Promise<McpTestClient> {
    const client = await McpTestClient.connect(this.app, { ...this.options, ...options });
    this.derived.push(client);
    return client;
  }

  /** The schema of any result: those of 1.x know nothing of structured content that is no object. */
  private async call(target: ToolTarget, rest: readonly unknown[]): Promise<CallToolResult> {
    const { server = 'default' } = this.options;
    const { name, args, options } = toolRequest(target, rest, server);
    const { signal, onProgress } = options;
    const result = await this.sdk.request(
      { method: 'tools/call', params: { name, arguments: { ...args } } },
      ResultSchema,
      { ...(signal && { signal }), ...(onProgress && { onprogress: onProgress }) },
    );
    return result as CallToolResult;
  }

  private async pages(): Promise<Tool[]> {
    const tools: Tool[] = [];
    let cursor: string | undefined;
    do {
      const request = { method: 'tools/list', params: { ...(cursor !== undefined && { cursor }) } };
      const page = await this.sdk.request(request, ResultSchema);
      tools.push(...(page.tools as Tool[]));
      cursor = page.nextCursor as string | undefined;
    } while (cursor !== undefined);
    return tools;
  }
}
