import type { Server } from 'node:net';
import type { INestApplication } from '@nestjs/common';

/** Whether `init()` or `listen()` was called. Nest has no public name for it. */
export function isInitialized(app: INestApplication): boolean {
  return Reflect.get(app, 'isInitialized') === true;
}

export function isListening(app: INestApplication): boolean {
  return (app.getHttpServer() as Server).listening;
}

/**
 * Returns the loopback URL of an application. Starts it on a free port if it does not listen yet. A server started here
 * does not keep the process alive, so a test that fails before it closes the application does not stop its runner from
 * ending.
 * @throws TypeError when the application listens on a Unix socket or a pipe
 */
export async function listeningUrl(app: INestApplication): Promise<URL> {
  const server = app.getHttpServer() as Server;
  if (!isListening(app)) {
    server.on('connection', (socket) => socket.unref());
    await app.listen(0, '127.0.0.1');
    server.unref();
  }
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('The application must listen on a TCP port');
  return new URL(`http://127.0.0.1:${address.port}`);
}
