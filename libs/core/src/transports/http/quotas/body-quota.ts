import { Injectable } from '@nestjs/common';
import type { McpLimitSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { TOO_MANY_BODIES } from '../../../messages/refusal.messages.js';
import { JsonRpcErrorCode } from '../../../protocol/json-rpc-error-code.js';
import { Refusal } from '../../shared/refusal.js';

/** How much one server lets the process hold of bodies. */
export type BodyLimits = Pick<McpLimitSettings, 'bufferedBytes' | 'bufferedBytesPerAddress'>;

/** The memory of one body. */
export interface BodyLease {
  /** Has it take so many bytes in all. @throws Refusal 503 where they are not to be had. */
  grow(bytes: number): void;
  /** To be called when the body is not held any more; once more does nothing. */
  release(): void;
}

/**
 * Counts the bytes of all bodies that wait: for their rest, or for the verdict of guards. One count for the
 * application, however many servers it has, since they share the memory.
 */
@Injectable()
export class BodyQuota {
  private total = 0;
  private readonly byAddress = new Map<string, number>();

  /** Bytes that are held now. */
  get held(): number {
    return this.total;
  }

  /** @param address undefined where it stands for everybody, and counts for the process alone */
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
