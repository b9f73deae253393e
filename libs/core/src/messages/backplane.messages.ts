/** Errors of the backplane. They name the operation, never its data. */
export const EVENTS_EXPIRED = 'Cannot resume: the events after this one are not held any more';

export const BACKPLANE_NOT_RUNNING =
  'The backplane is not running: it was not started, or it was stopped';
export const BACKPLANE_STARTED_BEFORE =
  'The backplane was already started. It can be started only once.';

export const BACKPLANE_TOO_SLOW = (asked: string, milliseconds: number): string =>
  `The backplane did not answer ${asked} within ${milliseconds} ms`;

export const BACKPLANE_NOT_ANSWERING = (asked: string): string =>
  `The backplane was not asked for ${asked}, because it did not answer before. It is tried again every second`;

export const BACKPLANE_FAILED = (asked: string): string => `The backplane failed at ${asked}`;

export const NOT_AN_ENVELOPE = 'Received a message that is not an envelope of this version';
export const NOT_A_BUS_EVENT = 'Received a message that is not a bus event of this version';
