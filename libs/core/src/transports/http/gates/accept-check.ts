import type { IncomingMessage } from 'node:http';
import {
  NOT_A_PAGE,
  NOT_ACCEPTABLE,
  POST_NOT_ACCEPTABLE,
  POST_NOT_ACCEPTABLE_AS_JSON,
} from '../../../messages/refusal.messages.js';
import { accepts } from '../../shared/media-types.js';
import { Refusal } from '../../shared/refusal.js';

const EVENT_STREAM: ReadonlySet<string> = new Set(['text/event-stream', 'text/*', '*/*']);
const JSON_TYPE: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);

/**
 * Checks that the client can read an event stream. A browser that navigates to the URL would show the stream
 * as a page and not read its events, so that a session would be opened for nothing.
 * @throws Refusal 406
 */
export function checkReadsStream(request: IncomingMessage): void {
  if (request.headers['sec-fetch-mode'] === 'navigate') throw new Refusal(406, NOT_A_PAGE);
  checkAccepts(request, [EVENT_STREAM], NOT_ACCEPTABLE);
}

/**
 * Checks that the client can read the answers of a POST: both JSON and events, or JSON alone if `areJson`.
 * @throws Refusal 406
 */
export function checkReadsAnswers(request: IncomingMessage, areJson: boolean): void {
  if (areJson) checkAccepts(request, [JSON_TYPE], POST_NOT_ACCEPTABLE_AS_JSON);
  else checkAccepts(request, [EVENT_STREAM, JSON_TYPE], POST_NOT_ACCEPTABLE);
}

function checkAccepts(
  { headers }: IncomingMessage,
  types: readonly ReadonlySet<string>[],
  words: string,
): void {
  const accept = headers.accept ?? '*/*';
  if (!types.every((each) => accepts(accept, each))) throw new Refusal(406, words);
}
