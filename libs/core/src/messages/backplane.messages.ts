/** Words of the backplane's errors. They name what was asked for, never what was in it. */
export const EVENTS_EXPIRED = 'Cannot resume: the events after this one are not held any more';

export const BACKPLANE_NOT_RUNNING = 'The backplane is not started, or was stopped';
export const BACKPLANE_STARTED_BEFORE = 'The backplane was started before';

export const BACKPLANE_TOO_SLOW = (asked: string, milliseconds: number): string =>
  `The backplane did not answer ${asked} within ${milliseconds} ms`;

export const BACKPLANE_NOT_ANSWERING = (asked: string): string =>
  `The backplane was not asked for ${asked}: it did not answer before, and is tried again every second`;

export const BACKPLANE_FAILED = (asked: string): string => `The backplane failed at ${asked}`;

export const NOT_AN_ENVELOPE = 'What came in is no envelope that this version knows';
export const NOT_A_BUS_EVENT = 'What came in is no bus event that this version knows';
