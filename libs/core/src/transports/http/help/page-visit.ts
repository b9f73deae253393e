import type { IncomingMessage } from 'node:http';
import { accepts } from '../../shared/media-types.js';

const EVENT_STREAM: ReadonlySet<string> = new Set(['text/event-stream']);
const PAGE: ReadonlySet<string> = new Set(['text/html', 'text/*', '*/*']);
const HTML: ReadonlySet<string> = new Set(['text/html']);
const XHTML: ReadonlySet<string> = new Set(['application/xhtml+xml']);

/**
 * Whether a browser opens the URL as a page, by its address bar or by a link (Fetch Metadata §2.2, §2.3). Browsers
 * send no fetch metadata over plain HTTP to other hosts than loopback; then only their `Accept` header shows what
 * they are. A request that names `text/event-stream`, as an `EventSource` does, is never a visit.
 */
export function isPageVisit({ method, headers }: IncomingMessage): boolean {
  const { accept = '*/*', 'sec-fetch-mode': mode, 'sec-fetch-dest': target } = headers;
  if (method !== 'GET' || accepts(accept, EVENT_STREAM)) return false;
  if (mode === undefined) return accepts(accept, HTML) && accepts(accept, XHTML);
  return mode === 'navigate' && (target ?? 'document') === 'document' && accepts(accept, PAGE);
}
