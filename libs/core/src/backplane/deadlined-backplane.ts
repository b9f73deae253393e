import type {
  Backplane,
  BackplaneHandlers,
  BackplaneHealth,
  NodeId,
} from '../interfaces/backplane/backplane.interface.js';
import type { BusEvent, Envelope } from '../interfaces/backplane/envelope.interface.js';
import type { EventLog, LoggedEvent } from '../interfaces/backplane/event-log.interface.js';
import { Breaker } from './breaker.js';
import { withDeadline, portError } from './with-deadline.js';
import type { SessionDirectory } from '../interfaces/backplane/session-directory.interface.js';

/** Deadlines of {@link DeadlinedBackplane}. */
export interface BackplaneDeadlines {
  /** Milliseconds for each call. Default: 2,000. */
  callMs?: number;
  /** Milliseconds for `start()`. Default: 10,000. */
  startMs?: number;
  /** Called when the engine answers again after a failure. */
  onRecovery?: () => void;
}

/**
 * Wraps an adapter: each call has a deadline, and fails only with errors of the port. After a call has missed its
 * deadline, calls fail at once until the engine answers again ({@link Breaker}). The deadline of `read()` covers
 * finding the cursor, not waiting for events.
 */
export class DeadlinedBackplane implements Backplane {
  readonly nodeId: NodeId;
  readonly sessions: SessionDirectory;
  readonly log: EventLog | undefined;
  private readonly callMs: number;
  private readonly startMs: number;
  private readonly breaker: Breaker;

  constructor(
    private readonly adapter: Backplane,
    { callMs = 2_000, startMs = 10_000, onRecovery }: BackplaneDeadlines = {},
  ) {
    this.nodeId = adapter.nodeId;
    this.callMs = callMs;
    this.startMs = startMs;
    this.breaker = new Breaker(
      () =>
        withDeadline({ asked: 'isAlive', milliseconds: callMs }, () =>
          adapter.isAlive(adapter.nodeId),
        ),
      () => onRecovery?.(),
    );
    this.sessions = this.deadlinedSessions(adapter.sessions);
    this.log = adapter.log === undefined ? undefined : this.deadlinedLog(adapter.log);
  }

  async start(handlers: BackplaneHandlers): Promise<void> {
    await withDeadline({ asked: 'start', milliseconds: this.startMs }, () =>
      this.adapter.start(handlers),
    );
  }

  async stop(): Promise<void> {
    this.breaker.stop();
    await withDeadline({ asked: 'stop', milliseconds: this.callMs }, () => this.adapter.stop());
  }

  health(): BackplaneHealth {
    return this.adapter.health();
  }

  async isAlive(node: NodeId): Promise<boolean> {
    return await this.timed('isAlive', () => this.adapter.isAlive(node));
  }

  async send(
    to: NodeId,
    envelope: Envelope,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<'accepted' | 'gone'> {
    return await this.timed(
      'send',
      (aborted) => this.adapter.send(to, envelope, { signal: aborted }),
      signal,
    );
  }

  async broadcast(event: BusEvent): Promise<void> {
    await this.timed('broadcast', () => this.adapter.broadcast(event));
  }

  private async timed<T>(
    asked: string,
    act: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { callMs: milliseconds, breaker } = this;
    return await withDeadline({ asked, milliseconds, breaker, ...(signal && { signal }) }, act);
  }

  private deadlinedSessions(sessions: SessionDirectory): SessionDirectory {
    return {
      put: (record, ttlMs) => this.timed('sessions.put', () => sessions.put(record, ttlMs)),
      get: (id) => this.timed('sessions.get', () => sessions.get(id)),
      touch: (id, ttlMs) => this.timed('sessions.touch', () => sessions.touch(id, ttlMs)),
      remove: (id) => this.timed('sessions.remove', () => sessions.remove(id)),
    };
  }

  private deadlinedLog(log: EventLog): EventLog {
    const asked = 'log.read';
    return {
      append: (key, data, options) =>
        this.timed('log.append', () => log.append(key, data, options)),
      read: async (key, after, signal) =>
        withPromisedErrors(
          asked,
          await this.timed(asked, () => log.read(key, after, signal), signal),
        ),
      remove: (sessionId) => this.timed('log.remove', () => log.remove(sessionId)),
    };
  }
}

async function* withPromisedErrors(
  asked: string,
  events: AsyncIterable<LoggedEvent>,
): AsyncGenerator<LoggedEvent> {
  try {
    yield* events;
  } catch (error) {
    throw portError(asked, error);
  }
}
