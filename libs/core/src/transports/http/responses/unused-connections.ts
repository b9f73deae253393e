import { type IncomingMessage, Server as HttpServer, type ServerResponse } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { guarded } from '../../../runtime/guarded.js';

/** The requests on one connection. */
interface Use {
  /** Requests that are not answered yet. With pipelining there can be several. */
  requests: number;
  /** The `bytesRead` of the connection when the last request was answered; undefined before the first. */
  readThen: number | undefined;
  /** The latest request. */
  last: IncomingMessage | undefined;
}

/**
 * Connections that are not idle to Node although no call runs on them: those without a request yet, those
 * that have sent only part of the next request, and those whose request was answered before all of it
 * arrived. Node waits for their headers, which would delay the end of the application. Clients open such
 * connections in advance, for example when they cancel. Node closes idle connections itself.
 */
@Injectable()
export class UnusedConnections {
  private readonly uses = new Map<Socket, Use>();

  constructor(host: HttpAdapterHost) {
    host.listen$.subscribe(() => this.watch(host.httpAdapter.getHttpServer()));
  }

  /** Destroys these connections. Call it when the server accepts no new requests. */
  end(): void {
    for (const [socket, use] of this.uses) if (isUnused(socket, use)) socket.destroy();
  }

  /** Leaves HTTP/2 servers alone: there a stream carries a request, not a socket. */
  private watch(server: unknown): void {
    if (server instanceof HttpsServer) this.watchConnections(server, 'secureConnection');
    else if (server instanceof HttpServer) this.watchConnections(server, 'connection');
  }

  private watchConnections(server: HttpServer | HttpsServer, event: string): void {
    const began = guarded((socket: Socket) => {
      this.uses.set(socket, { requests: 0, readThen: undefined, last: undefined });
      socket.once(
        'close',
        guarded(() => this.uses.delete(socket)),
      );
    });
    server.on(event, began);
    const asked = guarded((request: IncomingMessage, response: ServerResponse) => {
      const { socket } = request;
      const use = this.uses.get(socket);
      if (use === undefined) return;
      use.requests++;
      use.last = request;
      const answered = guarded(() => {
        use.requests--;
        use.readThen = socket.bytesRead;
      });
      response.once('close', answered);
    });
    server.prependListener('request', asked);
  }
}

function isUnused({ bytesRead }: Socket, { requests, readThen, last }: Use): boolean {
  return requests === 0 && (bytesRead !== readThen || last?.complete === false);
}
