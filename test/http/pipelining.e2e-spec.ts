import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { McpContext, McpTool, McpToolType } from '@nestmcp/core';
import { OpenStreams } from '../../libs/core/src/session/open-streams.js';
import { deferred } from '../support/deferred.js';
import { statelessRequest, type StatelessCall } from '../support/wire/stateless-request.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';

const CALLS = 3;
const calls = { running: deferred(), aborted: deferred(), begun: 0, left: 0 };

@McpToolType()
class WaitingTools {
  @McpTool('Waits until its client leaves')
  async wait(ctx: McpContext): Promise<void> {
    const left = once(ctx.signal, 'abort');
    if (++calls.begun === CALLS) calls.running.resolve();
    await left;
    if (++calls.left === CALLS) calls.aborted.resolve();
  }

  @McpTool('Answers at once')
  quick(): string {
    return 'done';
  }
}

/** A request as bytes, so that the next one can follow without waiting. */
function bytesOf({ host }: URL, request: StatelessCall): string {
  const { headers, body } = statelessRequest(request);
  const text = JSON.stringify(body);
  const lines = Object.entries({
    host,
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /mcp HTTP/1.1\r\n${lines.join('')}\r\n${text}`;
}

const call = (id: number, name: string): StatelessCall => ({
  id,
  method: 'tools/call',
  params: { name },
});

describe.each(PLATFORMS)('pipelined requests on one connection, on %s', (on) => {
  let app: INestApplication;
  let url: URL;
  let socket: Socket;

  beforeEach(async () => {
    Object.assign(calls, { running: deferred(), aborted: deferred(), begun: 0, left: 0 });
    ({ app, url } = await startApp({ platform: on, providers: [WaitingTools] }));
    socket = connect(Number(url.port), '127.0.0.1');
    await once(socket, 'connect');
  });

  afterEach(async () => {
    socket.destroy();
    await app.close();
  });

  it('are answered in their order', async () => {
    socket.setEncoding('utf8');
    socket.write([1, 2, 3].map((id) => bytesOf(url, call(id, 'quick'))).join(''));
    let received = '';
    for await (const chunk of socket as AsyncIterable<string>) {
      received += chunk;
      if (received.includes('"id":3')) break;
    }
    expect(received.match(/"id":\d/g)).toEqual(['"id":1', '"id":2', '"id":3']);
  });

  it('are all cancelled when their client leaves, not only the first one', async () => {
    const listen = { id: 9, method: 'subscriptions/listen', params: { notifications: {} } };
    const requests = [1, 2, 3].map((id) => call(id, 'wait'));
    socket.write([...requests, listen].map((each) => bytesOf(url, each)).join(''));
    await calls.running.promise;
    socket.destroy();
    await calls.aborted.promise;
    expect(app.get(OpenStreams, { strict: false }).size).toBe(0);
    await app.close();
  });
});
