import { randomBytes } from 'node:crypto';
import {
  BACKPLANE_NOT_RUNNING,
  BACKPLANE_STARTED_BEFORE,
} from '../../messages/backplane.messages.js';
import type {
  Backplane,
  BackplaneHandlers,
  BackplaneHealth,
  NodeId,
} from '../../interfaces/backplane/backplane.interface.js';
import { BackplaneUnavailableError } from '../backplane-unavailable.error.js';
import type { BusEvent, Envelope } from '../../interfaces/backplane/envelope.interface.js';
import type { EventLog, LoggedEvent } from '../../interfaces/backplane/event-log.interface.js';
import { InMemoryBackplaneHub } from './in-memory-backplane-hub.js';
import type { SessionDirectory } from '../../interfaces/backplane/session-directory.interface.js';
import { guarded, runGuarded } from '../../runtime/guarded.js';

const ID_BYTES = 12;

/**
 * The backplane of one process. Nodes with the same hub are connected, for tests of several applications in one
 * process. A node without a hub gets one of its own, and is alone.
 */
export class InMemoryBackplane implements Backplane {
  readonly nodeId: NodeId = randomBytes(ID_BYTES).toString('hex');
  readonly sessions: SessionDirectory;
  readonly log: EventLog;
  private handlers: BackplaneHandlers | undefined;
  private stopped = false;
  private skipped = 0;
  private readonly readings = new Set<AbortController>();

  constructor(private readonly hub = new InMemoryBackplaneHub()) {
    const { sessions, log } = hub;
    this.sessions = {
      put: async (record, ttlMs) => this.running(() => sessions.put(record, ttlMs)),
      get: async (id) => this.running(() => sessions.get(id)),
      touch: async (id, ttlMs) => this.running(() => sessions.touch(id, ttlMs)),
      remove: async (id) => this.running(() => sessions.remove(id)),
    };
    this.log = {
      append: async (key, data, options) => this.running(() => log.append(key, data, options)),
      read: async (key, after, signal) => {
        const reading = new AbortController();
        const events = await this.running(() => log.read(key, after, reading.signal));
        return this.untilStopped(events, reading, signal);
      },
      remove: async (sessionId) => this.running(() => log.remove(sessionId)),
    };
  }

  async start(handlers: BackplaneHandlers): Promise<void> {
    if (this.handlers !== undefined || this.stopped)
      throw new BackplaneUnavailableError(BACKPLANE_STARTED_BEFORE);
    this.handlers = handlers;
    this.hub.join(this.nodeId, {
      takeEnvelope: (text) => this.later((to) => to.onEnvelope(JSON.parse(text) as Envelope)),
      takeBus: (text, origin) => this.later((to) => to.onBus(JSON.parse(text) as BusEvent, origin)),
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.handlers = undefined;
    this.hub.leave(this.nodeId);
    for (const reading of this.readings) reading.abort();
  }

  health(): BackplaneHealth {
    return { state: this.handlers === undefined ? 'down' : 'up', lagMs: 0, skipped: this.skipped };
  }

  async isAlive(node: NodeId): Promise<boolean> {
    return this.running(() => this.hub.isAlive(node));
  }

  async send(
    to: NodeId,
    envelope: Envelope,
    { signal }: { readonly signal: AbortSignal },
  ): Promise<'accepted' | 'gone'> {
    signal.throwIfAborted();
    return this.running(() => this.hub.send(to, envelope));
  }

  async broadcast(event: BusEvent): Promise<void> {
    this.running(() => this.hub.broadcast(event, this.nodeId));
  }

  private running<T>(act: () => T): T {
    if (this.handlers === undefined) throw new BackplaneUnavailableError(BACKPLANE_NOT_RUNNING);
    return act();
  }

  /** Handlers run in order, each in its own turn of the event loop, so that none of them stops the next. */
  private later(handle: (handlers: BackplaneHandlers) => void): void {
    runGuarded(() =>
      Promise.resolve().then(() => {
        if (this.handlers === undefined) return;
        try {
          handle(this.handlers);
        } catch {
          this.skipped++;
        }
      }),
    );
  }

  private async *untilStopped(
    events: AsyncIterable<LoggedEvent>,
    reading: AbortController,
    signal: AbortSignal,
  ): AsyncGenerator<LoggedEvent> {
    const end = guarded(() => reading.abort());
    if (signal.aborted) return;
    signal.addEventListener('abort', end);
    this.readings.add(reading);
    try {
      this.running(() => undefined);
      for await (const event of events) {
        yield event;
        if (event.final) return;
      }
      if (this.stopped && !signal.aborted)
        throw new BackplaneUnavailableError(BACKPLANE_NOT_RUNNING);
    } finally {
      this.readings.delete(reading);
      signal.removeEventListener('abort', end);
    }
  }
}
