import { Inject, Injectable } from '@nestjs/common';
import type { McpSettings } from '../../interfaces/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../interfaces/mcp.tokens.js';
import { TOO_MANY_STREAMS } from '../../messages/refusal.messages.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { KeyedCounter } from './keyed-counter.js';
import { ANONYMOUS } from './principals.js';
import { Refusal } from './refusal.js';

/** Who holds a stream: a principal where there is one, else an address. */
export interface StreamOwner {
  readonly principal: string;
  readonly ip: string | undefined;
}

/** Bounds how many streams and sessions one process has, and one client of it. */
@Injectable()
export class StreamCaps {
  private readonly byAddress: KeyedCounter;
  private readonly byPrincipal: KeyedCounter;
  private open = 0;

  constructor(@Inject(MCP_SETTINGS) private readonly settings: McpSettings) {
    this.byAddress = new KeyedCounter(settings.limits.streamsPerAddress);
    this.byPrincipal = new KeyedCounter(settings.limits.streamsPerPrincipal);
  }

  /** @throws Refusal 503 when the process has too many, 429 when the owner has. */
  check(owner: StreamOwner): void {
    if (this.open >= this.settings.limits.streams) throw tooMany(503);
    const [counter, key] = this.counterOf(owner);
    if (counter.isFull(key)) throw tooMany(429);
  }

  /** Counts one more; the function given back counts it off. */
  enter(owner: StreamOwner): () => void {
    const [counter, key] = this.counterOf(owner);
    const leave = counter.enter(key);
    this.open++;
    return () => {
      this.open--;
      leave();
    };
  }

  /** Behind a proxy on this host, loopback is everybody's address, and is not counted. */
  private counterOf({ principal, ip }: StreamOwner): [KeyedCounter, string | undefined] {
    if (principal !== ANONYMOUS) return [this.byPrincipal, principal];
    return [this.byAddress, ip === undefined || isLoopbackAddress(ip) ? undefined : ip];
  }
}

function isLoopbackAddress(address: string): boolean {
  return /^(?:::ffff:)?127\.|^::1$/.test(address);
}

function tooMany(status: 429 | 503): Refusal {
  return new Refusal(status, TOO_MANY_STREAMS, {
    code: JsonRpcErrorCode.InternalError,
    headers: { 'Retry-After': '1' },
  });
}
