import { type AddressInfo, type Server, isIPv6 } from 'node:net';
import { HttpService } from '@nestjs/axios';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { firstValueFrom, map } from 'rxjs';
import { ClockService } from './clock.service.js';

/** The address at which a server that listens on every address can be called. */
const LOOPBACK_OF: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/**
 * Reads the clock over HTTP, as another service would. An application that serves no HTTP, as over stdio, has no
 * clock to request, so its own is read.
 */
@Injectable()
export class ClockClientService {
  constructor(
    private readonly http: HttpService,
    private readonly host: HttpAdapterHost,
    private readonly clock: ClockService,
  ) {}

  async now(signal: AbortSignal): Promise<string> {
    if (!this.servesHttp) return this.clock.now();
    const url = new URL('/clock/now', this.origin);
    const answer = this.http.get<{ now: string }>(url.href, { signal });
    return firstValueFrom(answer.pipe(map(({ data }) => data.now)));
  }

  private get servesHttp(): boolean {
    return Boolean(this.host.httpAdapter);
  }

  /** Read from the socket, not from the settings: with `PORT=0` the system chooses the port. */
  private get origin(): string {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    const { address, port } = server.address() as AddressInfo;
    const own = LOOPBACK_OF[address] ?? address;
    return `http://${isIPv6(own) ? `[${own}]` : own}:${port}`;
  }
}
