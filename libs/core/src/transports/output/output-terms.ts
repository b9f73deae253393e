import type { McpLimitSettings } from '../../interfaces/options/mcp-settings.interface.js';

const MEBIBYTE = 1024 * 1024;

/** How many bytes may wait for clients, and for how long. */
export interface OutputTerms {
  /** Limit of one stream or answer, in bytes. */
  readonly streamBytes: number;
  /** Limit of all streams and answers of one owner, in bytes. */
  readonly ownerBytes: number;
  /** Limit of the process, in bytes. */
  readonly processBytes: number;
  /** Time without the client reading a byte, in milliseconds; infinite for a client that may pause. */
  readonly writeMs: number;
}

/** Computes the limits. Each one leaves enough for one result of the largest size and for small messages. */
export function outputTerms({ resultBytes, writeMs }: McpLimitSettings): OutputTerms {
  const ownerBytes = resultBytes + 16 * MEBIBYTE;
  return {
    streamBytes: resultBytes + 4 * MEBIBYTE,
    ownerBytes,
    processBytes: 8 * ownerBytes,
    writeMs,
  };
}
