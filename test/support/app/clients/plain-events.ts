/** An event as a simple reader parses it. */
export interface PlainEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

const FIELDS = ['data', 'id', 'event'] as const;
type Field = (typeof FIELDS)[number];

const isField = (name: string): name is Field => FIELDS.some((field) => field === name);

/**
 * Reads an event stream as some clients do (the SDK for Java, and so Spring AI): it accepts `data`, `id`, `event`
 * and comments, and fails at any other line.
 */
export async function* plainEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<PlainEvent> {
  let fields: Partial<Record<Field, string>> = {};
  for await (const line of linesOf(body)) {
    if (line === '') {
      if (fields.data !== undefined)
        yield { event: fields.event ?? 'message', id: fields.id, data: fields.data };
      fields = {};
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const name = line.slice(0, colon);
    if (!isField(name)) throw new Error(`Invalid SSE response. Line: ${line}`);
    const value = line.slice(colon + 1).replace(/^ /, '');
    fields[name] =
      name === 'data' && fields.data !== undefined ? `${fields.data}\n${value}` : value;
  }
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
