import { PassThrough } from 'node:stream';
import {
  type INestApplicationContext,
  Module,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { type McpModuleOptions, runStdio, type StdioOptions } from '@nestmcp/core';
import type { McpFeature } from '../../../libs/core/src/interfaces/mcp-feature.interface.js';
import { serverOf } from '../app/test-app.js';

export type Message = Record<string, unknown>;

export interface StdioSetup extends ModuleMetadata {
  /** A complete application. The other options are then ignored. */
  readonly module?: Type;
  readonly mcp?: Partial<McpModuleOptions>;
  /** Features that are served instead of tools. */
  readonly features?: readonly McpFeature[];
  readonly options?: StdioOptions;
}

const PREFIX = 'io.modelcontextprotocol/';

/** The `_meta` of every request of 2026-07-28. */
export const STATELESS = {
  [`${PREFIX}protocolVersion`]: '2026-07-28',
  [`${PREFIX}clientCapabilities`]: {},
};
export const SUBSCRIPTION = `${PREFIX}subscriptionId`;

/** The first text of a result. */
export const textOf = (message: Message): unknown =>
  (message as { result?: { content: { text?: unknown }[] } }).result?.content[0]?.text;
/** The id of the subscription that a notification belongs to. */
export const subscriptionOf = ({ params }: Record<string, unknown>): unknown => {
  const { _meta: meta } = params as { _meta?: Record<string, unknown> };
  return meta?.[SUBSCRIPTION];
};
/** Parameters of `tools/call`. */
export const call = (name: string, args: object = {}, meta?: object): object => ({
  name,
  arguments: args,
  ...(meta && { _meta: meta }),
});

/** An application behind two pipes, line by line, without a client library in between. */
export class StdioWire {
  readonly input = new PassThrough();
  readonly output = new PassThrough();
  readonly messages: Message[] = [];
  readonly done: Promise<void>;
  private running: INestApplicationContext | undefined;
  private isOver = false;
  private rest = '';
  private readonly waiting = new Set<() => void>();

  private constructor({ module, options = {}, ...rest }: StdioSetup) {
    this.output.on('data', (chunk: Buffer) => this.receive(chunk.toString('utf8')));
    const { input, output } = this;
    this.done = runStdio(module ?? moduleOf(rest), {
      input,
      output,
      logger: false,
      configure: (app) => {
        this.running = app;
        this.arrived();
      },
      ...options,
    }).finally(() => {
      this.isOver = true;
      this.arrived();
    });
  }

  /** Rejects when the application does not start. */
  static async start(setup: StdioSetup = {}): Promise<StdioWire> {
    const wire = new StdioWire(setup);
    await wire.until(() => wire.running).catch(async () => wire.done);
    return wire;
  }

  get app(): INestApplicationContext {
    if (this.running === undefined) throw new Error('the application is not there');
    return this.running;
  }

  send(...messages: readonly object[]): void {
    this.raw(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  }

  raw(text: string | Buffer): void {
    this.input.write(text);
  }

  /** Resolves as soon as the received messages satisfy `found`. Rejects when the output ends before. */
  async until<Found>(found: () => Found | undefined): Promise<Found> {
    for (;;) {
      const result = found();
      if (result !== undefined) return result;
      if (this.isOver) throw new Error(`it ended after:\n${JSON.stringify(this.messages)}`);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  async answer(id: string | number): Promise<Message> {
    return this.until(() => this.messages.find((message) => message.id === id));
  }

  /** The first error without an id, which is about unreadable input. */
  async complaint(): Promise<Message> {
    return this.until(() => this.messages.find(({ id, error }) => id === undefined && error));
  }

  request(id: string | number, method: string, params: object = {}): Promise<Message> {
    this.send({ jsonrpc: '2.0', id, method, params });
    return this.answer(id);
  }

  /** A request of 2026-07-28. */
  statelessRequest(id: string | number, method: string, params: object = {}): Promise<Message> {
    return this.request(id, method, { _meta: STATELESS, ...params });
  }

  notify(method: string, params?: object): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  async initialize(protocolVersion = '2025-11-25'): Promise<Message> {
    const answer = await this.request('init', 'initialize', {
      protocolVersion,
      capabilities: {},
      clientInfo: { name: 'wire', version: '1' },
    });
    this.notify('notifications/initialized');
    return answer;
  }

  /** Ends the input, as a client that disconnects does, and waits for the end of the application. */
  async end(): Promise<void> {
    this.input.end();
    await this.done;
  }

  private receive(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    this.messages.push(...lines.map((line) => JSON.parse(line) as Message));
    this.arrived();
  }

  private arrived(): void {
    for (const go of this.waiting) go();
    this.waiting.clear();
  }
}

function moduleOf({ mcp = {}, features, imports = [], ...rest }: StdioSetup): Type {
  class AppModule {}
  const server = serverOf({ name: 'test', version: '1.2.3', ...mcp }, features);
  Module({ ...rest, imports: [server, ...imports] })(AppModule);
  return AppModule;
}

/** Wires that are closed after each test. */
export function stdioHarness(): (setup?: StdioSetup) => Promise<StdioWire> {
  const wires: StdioWire[] = [];
  afterEach(async () => {
    await Promise.allSettled(wires.splice(0).map(async (wire) => wire.end()));
  });
  return async (setup) => {
    const wire = await StdioWire.start(setup);
    wires.push(wire);
    return wire;
  };
}
