import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Accepts every connection and every request, and closes it without a response. */
export async function startDeadServer(): Promise<{ readonly url: URL; close(): void }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://localhost:${port}/mcp`), close: () => server.close() };
}
