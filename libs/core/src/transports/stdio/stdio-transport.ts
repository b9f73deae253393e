import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { ListChanges } from '../../registry/list-changes.js';
import { StatelessDispatcher } from '../../server/stateless-dispatcher.js';
import { Subscriptions } from '../../server/subscriptions.js';
import type { CallOutlet } from '../../session/call-outlet.interface.js';
import { CallFactory } from '../../session/call.factory.js';
import { OpenStreams } from '../../session/open-streams.js';
import { SessionRegistry } from '../../session/session.registry.js';
import { ANONYMOUS } from '../shared/principals.js';
import { SessionGate } from '../shared/session-gate.js';
import { outputTerms } from '../output/output-terms.js';
import { LineWriter } from './line-writer.js';
import { StatelessRequests } from './stateless-requests.js';
import { StdioConnection } from './stdio-connection.js';
import type { StdioPipes } from './stdio-pipes.js';
import { guarded } from '../../runtime/guarded.js';

/**
 * stdio (2025-11-25 transports; 2026-07-28 stdio): the one client that started this process. It is trusted
 * like the owner of the process.
 */
@Injectable()
export class StdioTransport {
  constructor(
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
    private readonly sessions: SessionRegistry,
    private readonly gate: SessionGate,
    private readonly factory: CallFactory,
    private readonly dispatcher: StatelessDispatcher,
    private readonly subscriptions: Subscriptions,
    private readonly changes: ListChanges,
    private readonly streams: OpenStreams,
  ) {}

  /**
   * Serves the client at the other end of the pipes until it closes its output or the signal aborts. Then
   * calls `drain`, and resolves after the last answer is written.
   */
  async serve(pipes: StdioPipes, stopping: AbortSignal, drain: () => Promise<void>): Promise<void> {
    // No write deadline: a client that is stopped in a debugger would lose its server.
    const terms = { ...outputTerms(this.settings.limits), writeMs: Number.POSITIVE_INFINITY };
    const writer = new LineWriter(pipes, terms);
    const connection = this.connection(pipes, writer);
    const left = guarded(() => connection.abort(new Error('The client left')));
    writer.gone.addEventListener('abort', left, { once: true });
    await connection.read(stopping);
    await drain();
    await writer.flushed();
  }

  private connection(pipes: StdioPipes, writer: LineWriter): StdioConnection {
    const send = (message: string): void => writer.write(message);
    const hasCapacity = (bytes: number): boolean => writer.hasCapacity(bytes);
    const outlet: CallOutlet = {
      notify: send,
      request: send,
      answer: send,
      hasCapacity,
      abandon: () => undefined,
    };
    const session = this.sessions.openSession({
      transport: 'stdio',
      principal: ANONYMOUS,
      pathParameters: '',
    });
    session.attach(send);
    // Keeps the session from becoming idle, because it lives as long as the process.
    session.hold();
    const { limits } = this.settings;
    const { factory, dispatcher, subscriptions, changes, streams, gate } = this;
    const stateless = new StatelessRequests(
      { limits, factory, dispatcher, subscriptions, changes, streams },
      outlet,
    );
    return new StdioConnection({ limits, pipes, writer, outlet, gate, session, stateless });
  }
}
