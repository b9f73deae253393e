import { type IncomingMessage, Server as HttpServer, type ServerResponse } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { guarded } from '../../../runtime/guarded.js';

/** What is under way on a connection. */
interface Use {
  /** Several where they follow each other unasked. */
  requests: number;
  /** Bytes that were read when the last request was over; undefined before the first. */
  readThen: number | undefined;
  /** The latest of them. */
  last: IncomingMessage | undefined;
}

/**
 * Connections that have not sent a request yet, those that have begun to send a further one, and those whose
 * request was answered before all of it came. Node holds
 * them to be busy, for as long as it waits for headers, and so would the end of an application be held up:
 * clients open spare ones, when they cancel for instance. Those that are idle are left to Node.
 */
@Injectable()
export class UnusedConnections {
  private readonly uses = new Map<Socket, Use>();

  constructor(host: HttpAdapterHost) {
    host.listen$.subscribe(() => this.watch(host.httpAdapter.getHttpServer()));
  }

  /** Ends them; to be called when no new request is taken any more. */
  end(): void {
    for (const [socket, use] of this.uses) if (isUnused(socket, use)) socket.destroy();
  }

  /** Of HTTP/2, streams and not sockets carry requests; its servers are left alone. */
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
