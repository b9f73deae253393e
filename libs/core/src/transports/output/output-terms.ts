import type { McpLimitSettings } from '../../interfaces/options/mcp-settings.interface.js';

const MEBIBYTE = 1024 * 1024;

/** How much may wait for clients, in bytes, and for how long. */
export interface OutputTerms {
  /** Of one stream or answer. */
  readonly streamBytes: number;
  /** Of one owner. */
  readonly ownerBytes: number;
  /** Of all owners. */
  readonly processBytes: number;
  /** Milliseconds without the client taking a byte; infinite for a client that may pause. */
  readonly writeMs: number;
}

/** Of each bound, one largest result must fit, and small messages beside it. */
export function outputTerms({ resultBytes, writeMs }: McpLimitSettings): OutputTerms {
  const ownerBytes = resultBytes + 16 * MEBIBYTE;
  return {
    streamBytes: resultBytes + 4 * MEBIBYTE,
    ownerBytes,
    processBytes: 8 * ownerBytes,
    writeMs,
  };
}
