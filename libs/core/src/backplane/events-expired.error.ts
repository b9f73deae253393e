import { EVENTS_EXPIRED } from '../messages/backplane.messages.js';

/** The log cannot continue after an event, because it does not hold the event. Clients are answered with 400. */
export class EventsExpiredError extends Error {
  constructor() {
    super(EVENTS_EXPIRED);
    this.name = 'EventsExpiredError';
  }
}
