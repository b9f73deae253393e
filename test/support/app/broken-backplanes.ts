import type {
  Backplane,
  BackplaneHandlers,
  Envelope,
  EventLog,
  InMemoryBackplane,
  LoggedEvent,
  SessionDirectory,
  StreamKey,
} from '@nestmcp/core';

/** The methods in which an adapter differs from the one in memory. */
export type Change = (real: InMemoryBackplane) => Partial<Backplane>;

/** The adapter in memory, with one change. */
export function changed(real: InMemoryBackplane, change: Change): Backplane {
  return {
    nodeId: real.nodeId,
    sessions: real.sessions,
    log: real.log,
    start: (handlers) => real.start(handlers),
    stop: () => real.stop(),
    health: () => real.health(),
    isAlive: (node) => real.isAlive(node),
    send: (to, envelope, options) => real.send(to, envelope, options),
    broadcast: (event) => real.broadcast(event),
    ...change(real),
  };
}

const withSessions =
  (change: (real: SessionDirectory) => Partial<SessionDirectory>): Change =>
  ({ sessions }) => ({ sessions: { ...sessions, ...change(sessions) } });

const withLog =
  (change: (real: EventLog) => Partial<EventLog>): Change =>
  ({ log }) => ({ log: { ...log, ...change(log) } });

const withHandlers =
  (change: (handlers: BackplaneHandlers) => Partial<BackplaneHandlers>): Change =>
  (real) => ({ start: (handlers) => real.start({ ...handlers, ...change(handlers) }) });

async function* without(
  events: AsyncIterable<LoggedEvent>,
  isLost: (event: LoggedEvent) => boolean,
): AsyncGenerator<LoggedEvent> {
  for await (const event of events) if (!isLost(event)) yield event;
}

async function* nothing(): AsyncGenerator<LoggedEvent> {}

async function* quietly(events: AsyncIterable<LoggedEvent>): AsyncGenerator<LoggedEvent> {
  try {
    yield* events;
  } catch {
    return;
  }
}

const joined = ({ session, stream }: StreamKey): StreamKey => ({
  session: '',
  stream: `${session}.${stream}`,
});

/** The contract allows an adapter to deliver everything twice. */
export const TWICE: Change = withHandlers((handlers) => ({
  onEnvelope: (envelope) => {
    handlers.onEnvelope(envelope);
    handlers.onEnvelope(envelope);
  },
  onBus: (event, origin) => {
    handlers.onBus(event, origin);
    handlers.onBus(event, origin);
  },
}));

/** Adapters with one fault each, and the title of the case that detects it. */
export const BROKEN: readonly (readonly [fault: string, title: string, change: Change])[] = [
  [
    'returns "accepted" without checking',
    'reports an unknown, a stopped and a lost node as gone',
    (real) => ({ send: async (...sent) => (await real.send(...sent), 'accepted') }),
  ],
  [
    'sends after the signal has fired',
    'sends nothing when the signal has fired, and rejects with its reason',
    (real) => ({
      send: (to, envelope) => real.send(to, envelope, { signal: new AbortController().signal }),
    }),
  ],
  [
    'cuts text at NUL',
    'delivers odd text unchanged',
    withHandlers((handlers) => ({
      onEnvelope: (envelope) =>
        handlers.onEnvelope({ ...envelope, data: envelope.data.split('\u0000')[0] ?? '' }),
    })),
  ],
  [
    'reverses the order',
    'keeps the order of one sender',
    withHandlers((handlers) => {
      const held: Envelope[] = [];
      return {
        onEnvelope: (envelope) => {
          held.push(envelope);
          if (held.length === 200) for (const each of held.toReversed()) handlers.onEnvelope(each);
        },
      };
    }),
  ],
  [
    'loses one envelope of a hundred',
    'keeps the order of one sender',
    withHandlers((handlers) => {
      let count = 0;
      return {
        onEnvelope: (envelope) => {
          if (++count % 100 !== 0) handlers.onEnvelope(envelope);
        },
      };
    }),
  ],
  [
    'assigns copies of an envelope different ids',
    'keeps the id of an envelope that is sent twice, for the receiver to drop one',
    withHandlers((handlers) => {
      let count = 0;
      return { onEnvelope: (envelope) => handlers.onEnvelope({ ...envelope, id: `${++count}` }) };
    }),
  ],
  [
    'sends an event to its sender',
    'does not send an event to its sender',
    (real) => {
      let own: BackplaneHandlers | undefined;
      return {
        start: (handlers) => real.start((own = handlers)),
        broadcast: async (event) => {
          own?.onBus(event, real.nodeId);
          await real.broadcast(event);
        },
      };
    },
  ],
  [
    'merges records',
    'replaces a record whole',
    withSessions((sessions) => ({
      put: async (record, ttlMs) =>
        await sessions.put({ ...(await sessions.get(record.id))?.record, ...record }, ttlMs),
    })),
  ],
  [
    'keeps expired sessions',
    'forgets a session at its time, and takes it in again',
    withSessions((sessions) => ({ put: (record, ttlMs) => sessions.put(record, ttlMs * 100) })),
  ],
  [
    'ignores a touch',
    'keeps a session alive that is touched, on any node',
    withSessions((sessions) => ({ touch: async (id) => (await sessions.get(id)) !== undefined })),
  ],
  [
    'does not remove',
    'forgets what is removed, on any node, and removes twice',
    withSessions(() => ({ remove: async () => undefined })),
  ],
  [
    'reports every holder as alive',
    'keeps the sessions of a node that fell silent, without a living holder',
    withSessions((sessions) => ({
      get: async (id) => {
        const found = await sessions.get(id);
        return found && { ...found, holderAlive: true };
      },
    })),
  ],
  [
    'shares a stream name between all sessions',
    'returns no event of another session whose stream has the same name',
    withLog((log) => ({
      append: ({ stream }, ...rest) => log.append({ session: '', stream }, ...rest),
      read: ({ stream }, ...rest) => log.read({ session: '', stream }, ...rest),
    })),
  ],
  [
    'has one stream for each session',
    'refuses a cursor of another session, and of another stream of the same session',
    withLog((log) => ({
      append: ({ session }, ...rest) => log.append({ session, stream: '' }, ...rest),
      read: ({ session }, ...rest) => log.read({ session, stream: '' }, ...rest),
    })),
  ],
  [
    'joins the parts of a key with a full stop',
    'does not mistake parts of a key for one another',
    withLog((log) => {
      return {
        append: (key, ...rest) => log.append(joined(key), ...rest),
        read: (key, ...rest) => log.read(joined(key), ...rest),
      };
    }),
  ],
  [
    'returns nothing for an unknown cursor',
    'refuses a stream that never was, and a cursor that no event has, however odd',
    withLog((log) => ({ read: (...asked) => log.read(...asked).catch(() => nothing()) })),
  ],
  [
    'omits an event',
    'resumes at every point of an ended stream, whole and in order, on another node',
    withLog((log) => ({
      read: async (...asked) => without(await log.read(...asked), ({ data }) => data === '7'),
    })),
  ],
  [
    'returns the event of the cursor again',
    'resumes at every point of a stream that is being written, from node to node',
    withLog((log) => ({
      read: async (key, after, signal) => {
        const events = await log.read(key, after, signal);
        return (async function* () {
          yield { id: after, data: 'again', final: false };
          yield* events;
        })();
      },
    })),
  ],
  [
    'ends an incomplete reading without an error when it stops',
    'does not let a reading that waits end as if it were whole when its node stops',
    withLog((log) => ({ read: async (...asked) => quietly(await log.read(...asked)) })),
  ],
  [
    'ends an incomplete reading without an error when the stream was trimmed',
    'never leaves a gap for a reader, even when the stream is trimmed faster than it reads',
    withLog((log) => ({ read: async (...asked) => quietly(await log.read(...asked)) })),
  ],
  [
    'has one budget for all owners',
    'drops no event of one owner to store those of another',
    withLog((log) => ({
      append: (key, data, { final }) => log.append(key, data, { final, owner: '' }),
    })),
  ],
  [
    'keeps the events of a removed session',
    'forgets all streams of a session that is removed, and none of another',
    withLog(() => ({ remove: async () => undefined })),
  ],
];
