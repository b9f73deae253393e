import { type IncomingMessage, Server as HttpServer } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/**
 * Connections that have not sent a request yet. Node holds them to be busy, for as long as it waits for
 * headers, and so would the end of an application be held up: clients open spare ones, when they cancel for
 * instance.
 */
@Injectable()
export class UnusedConnections {
  private readonly sockets = new Set<Socket>();

  constructor(host: HttpAdapterHost) {
    host.listen$.subscribe(() => this.watch(host.httpAdapter.getHttpServer()));
  }

  /** Ends them; to be called when no new request is taken any more. */
  end(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Of HTTP/2, streams and not sockets carry requests; its servers are left alone. */
  private watch(server: unknown): void {
    if (server instanceof HttpsServer) this.watchConnections(server, 'secureConnection');
    else if (server instanceof HttpServer) this.watchConnections(server, 'connection');
  }

  private watchConnections(server: HttpServer | HttpsServer, event: string): void {
    server.on(event, (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.prependListener('request', ({ socket }: IncomingMessage) => {
      this.sockets.delete(socket);
    });
  }
}
