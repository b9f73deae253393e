import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';

interface HttpServer {
  readonly listening: boolean;
  address(): AddressInfo | string | null;
}

/**
 * Returns the loopback URL of an application. Starts it on a free port if it does not listen yet.
 * @throws TypeError when the application listens on a Unix socket or a pipe
 */
export async function listeningUrl(app: INestApplication): Promise<URL> {
  const server = app.getHttpServer() as HttpServer;
  if (!server.listening) await app.listen(0, '127.0.0.1');
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new TypeError('The application must listen on a TCP port');
  return new URL(`http://127.0.0.1:${address.port}`);
}
