import type { IncomingMessage } from 'node:http';
import { NOT_A_PAGE } from '../../../messages/refusal.messages.js';
import { Refusal } from '../../shared/refusal.js';
import { HELP_HEADERS } from './help-page.js';
import { isPageVisit } from './page-visit.js';

/**
 * Answers a browser that opens an endpoint as a page. The status is that of the ordinary refusal.
 * @throws Refusal 406 with the page; 405 if the endpoint has no GET
 */
export function helpInstead(
  page: string,
  request: IncomingMessage,
  methods: readonly string[],
): void {
  if (!isPageVisit(request)) return;
  if (methods.includes('GET')) throw new Refusal(406, NOT_A_PAGE, { page, headers: HELP_HEADERS });
  const headers = { ...HELP_HEADERS, Allow: methods.join(', ') };
  throw new Refusal(405, NOT_A_PAGE, { page, headers });
}
