import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { guarded } from '../../../runtime/guarded.js';

const waiting = new WeakMap<Socket, Set<ServerResponse>>();

/**
 * Closes a response together with its connection while it waits for its turn there (RFC 9112, Pipelining).
 * Node reports the end of a connection only to the response whose turn it is. The others would stay open, and
 * their calls would never end.
 */
export function closeWithConnection(response: ServerResponse): void {
  if (response.socket !== null || response.destroyed) return;
  const { socket } = response.req;
  if (socket.destroyed) return close(response);
  const behind = waiting.get(socket) ?? watch(socket);
  behind.add(response);
  response.once(
    'socket',
    guarded(() => behind.delete(response)),
  );
}

function watch(socket: Socket): Set<ServerResponse> {
  const behind = new Set<ServerResponse>();
  waiting.set(socket, behind);
  socket.once(
    'close',
    guarded(() => behind.forEach(close)),
  );
  return behind;
}

/** Without a socket, `destroy()` would wait for one before it emits `close`. */
function close(response: ServerResponse): void {
  response.destroy();
  response.emit('close');
}
