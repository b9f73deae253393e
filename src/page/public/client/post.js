import { eventsOf } from './event-reader.js';

/**
 * POSTs a message, and passes on every message of the answer: the JSON, or the events.
 * @param frames receives what is sent and what arrives
 * @throws Error when the request is refused
 */
export async function post(path, message, { headers = {}, signal, frames, receive }) {
  frames.add({ direction: 'out', title: `POST ${path}`, headers, text: JSON.stringify(message) });
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(message),
    signal,
  });
  const type = (response.headers.get('content-type') ?? '').split(';')[0];
  const title = [response.status, type].filter(Boolean).join(' ');
  if (type === 'text/event-stream')
    return { response, done: receiveEvents(response, frames, receive) };
  const text = await response.text();
  frames.add({ direction: 'in', title, text });
  if (!response.ok) throw new Error(refusalOf(response.status, text), { cause: response.status });
  if (text !== '') receive(JSON.parse(text));
  return { response, done: Promise.resolve() };
}

async function receiveEvents(response, frames, receive) {
  for await (const { type, data } of eventsOf(response)) {
    if (data === '') continue;
    frames.add({ direction: 'in', title: `event: ${type}`, text: data });
    receive(JSON.parse(data));
  }
}

function refusalOf(status, text) {
  try {
    return `${status}: ${JSON.parse(text).error.message}`;
  } catch {
    return `HTTP ${status}`;
  }
}
