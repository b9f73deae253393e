import type { Type } from '@nestjs/common';
import { SSE_OPTIONS_METADATA } from '@nestjs/common/constants.js';

/** Room for what waits beside one largest result, in characters. */
const SMALL_MESSAGES = 4 * 1024 * 1024;

/**
 * How much may wait for a client that is not reading, before it is cut off. A message counts until it is
 * written, so the largest result must fit.
 */
export function pendingLimit(resultBytes: number): number {
  return resultBytes + SMALL_MESSAGES;
}

/** Sets that limit on a stream that Nest writes. */
export function boundPending<Controller>(
  controller: Type<Controller>,
  method: keyof Controller,
  resultBytes: number,
): void {
  const handler = (controller.prototype as Record<keyof Controller, object>)[method];
  const maxPendingDataLength = pendingLimit(resultBytes);
  Reflect.defineMetadata(SSE_OPTIONS_METADATA, { maxPendingDataLength }, handler);
}
