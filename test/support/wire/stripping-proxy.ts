import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of an application. */
export interface Proxy {
  readonly url: URL;
  close(): Promise<void>;
}

/** Forwards requests below `path`, without that path, and with additional headers. */
export async function strippingProxy(
  target: URL,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    const { method, url = '' } = incoming;
    if (!url.startsWith(`${path}/`)) {
      outgoing.writeHead(404).end();
      return;
    }
    const onward = request(
      new URL(url.slice(path.length), target),
      { method, headers: { ...incoming.headers, ...headers }, agent: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
    outgoing.once('close', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
