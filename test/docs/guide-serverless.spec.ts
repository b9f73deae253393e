import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf, loaderOf } from '../support/fixtures/markdown-code.js';
import { plainHttp } from '../support/app/clients/plain-clients.js';
import { sdk1 } from '../support/app/clients/sdk-clients.js';

/** The handler of the guide in separate instances; each request goes to the next one. */
function roundRobin(instances: readonly RequestListener[]): RequestListener {
  let turn = 0;
  return (request, response) => instances[turn++ % instances.length]?.(request, response);
}

describe('the guide to serverless', () => {
  const code = codeOf('docs/guides/serverless.md');
  let server: Server;
  let url: URL;

  beforeAll(async () => {
    const instances = [1, 2, 3].map(
      () => (loaderOf(code)('src/handler.ts') as { default: RequestListener }).default,
    );
    server = createServer(roundRobin(instances));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ['the official client', sdk1('http')],
    ['a plain client', plainHttp('2025-06-18')],
  ])('serves %s from any of its instances', async (_, connect) => {
    const client = await connect(url);
    for (const input of ['a', 'b', 'c', 'd'])
      expect(await client.call('echo', { input })).toMatchObject({
        content: [{ type: 'text', text: input }],
      });
    await client.close();
  });
});
