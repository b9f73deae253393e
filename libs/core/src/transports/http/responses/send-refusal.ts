import type { AbstractHttpAdapter } from '@nestjs/core';
import { rawResponse } from '../../../interfaces/http-exchange.interface.js';
import type { Refusal } from '../../shared/refusal.js';

/**
 * Writes a refusal through the adapter, so that headers which the application has set by then go out with it.
 * Does nothing where the request is answered already.
 */
export function sendRefusal(
  adapter: AbstractHttpAdapter,
  response: object,
  refusal: Refusal,
): void {
  if (rawResponse(response).headersSent) return;
  for (const [name, value] of Object.entries(refusal.headers))
    adapter.setHeader(response, name, value);
  if (refusal.body !== '') adapter.setHeader(response, 'Content-Type', 'application/json');
  adapter.reply(response, refusal.body || undefined, refusal.status);
}
