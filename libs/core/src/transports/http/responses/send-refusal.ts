import type { AbstractHttpAdapter } from '@nestjs/core';
import { rawResponse } from '../../../interfaces/http-exchange.interface.js';
import type { Refusal } from '../../shared/refusal.js';

/**
 * Sends a refusal through the adapter, with the headers that the application has set, such as those of CORS.
 * Does nothing if the request is answered already.
 */
export function sendRefusal(
  adapter: AbstractHttpAdapter,
  response: object,
  refusal: Refusal,
): void {
  if (rawResponse(response).headersSent) return;
  for (const [name, value] of Object.entries(refusal.headers))
    adapter.setHeader(response, name, value);
  if (refusal.body !== '') adapter.setHeader(response, 'Content-Type', refusal.contentType);
  adapter.reply(response, refusal.body || undefined, refusal.status);
}
