import { Injectable } from '@nestjs/common';
import type { McpLimitSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { TOO_MANY_BODIES } from '../../../messages/refusal.messages.js';
import { JsonRpcErrorCode } from '../../../protocol/json-rpc-error-code.js';
import { Refusal } from '../../shared/refusal.js';

/** How many bytes of bodies the process may hold on behalf of one server, in total and for each address. */
export type BodyLimits = Pick<McpLimitSettings, 'bufferedBytes' | 'bufferedBytesPerAddress'>;

/** The memory of one body. */
export interface BodyLease {
  /**
   * Reserves memory for the body.
   * @param bytes size of the body so far, not the increase
   * @throws Refusal 503 when the memory is used up, in total or for the address
   */
  grow(bytes: number): void;
  /** Frees the memory when the body is no longer held. Calling it again has no effect. */
  release(): void;
}

/**
 * Counts the bytes of all bodies that wait for their remaining bytes or for the decision of guards. The
 * application has one count for all of its servers, because they share the memory.
 */
@Injectable()
export class BodyQuota {
  private total = 0;
  private readonly byAddress = new Map<string, number>();

  /** Bytes that bodies hold now. */
  get held(): number {
    return this.total;
  }

  /** @param address undefined if many clients share the address; the body then counts only for the process */
  lease(address: string | undefined, limits: BodyLimits): BodyLease {
    let held = 0;
    return {
      grow: (bytes) => {
        const more = bytes - held;
        if (more > 0 && !this.hasCapacity(address, more, limits)) throw tooMuch();
        held = bytes;
        this.count(address, more);
      },
      release: () => {
        this.count(address, -held);
        held = 0;
      },
    };
  }

  private hasCapacity(address: string | undefined, more: number, limits: BodyLimits): boolean {
    if (this.total + more > limits.bufferedBytes) return false;
    if (address === undefined) return true;
    return (this.byAddress.get(address) ?? 0) + more <= limits.bufferedBytesPerAddress;
  }

  private count(address: string | undefined, more: number): void {
    this.total += more;
    if (address === undefined) return;
    const held = (this.byAddress.get(address) ?? 0) + more;
    if (held > 0) this.byAddress.set(address, held);
    else this.byAddress.delete(address);
  }
}

function tooMuch(): Refusal {
  return new Refusal(503, TOO_MANY_BODIES, {
    code: JsonRpcErrorCode.InternalError,
    headers: { 'Retry-After': '1', Connection: 'close' },
  });
}
