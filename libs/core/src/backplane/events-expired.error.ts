import { EVENTS_EXPIRED } from '../messages/backplane.messages.js';

/** The log cannot go on from an event, since it does not hold it (any more). Clients are answered 400. */
export class EventsExpiredError extends Error {
  constructor() {
    super(EVENTS_EXPIRED);
    this.name = 'EventsExpiredError';
  }
}
