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
 * Whoever navigates to a stream looks at it, and reads no events: a session would be opened for nothing.
 * @throws Refusal 406
 */
export function checkReadsStream(request: IncomingMessage): void {
  if (request.headers['sec-fetch-mode'] === 'navigate') throw new Refusal(406, NOT_A_PAGE);
  checkAccepts(request, [EVENT_STREAM], NOT_ACCEPTABLE);
}

/** An answer may come as JSON or as events, unless it is JSON in any case. @throws Refusal 406 */
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
