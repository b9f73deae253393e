import type { MessageEvent } from '@nestjs/common';
import { OpenEvent } from './nest-event-stream.js';

/** What Nest 11.1.0 to 11.1.28 make of an event before they send it. They do not know comments. */
function sentByOldNest(event: MessageEvent): string {
  event.id ||= '1';
  return `${event.id ? `id: ${event.id}\n` : ''}${event.data ? 'data: …\n' : ''}\n`;
}

describe('the event that opens a stream', () => {
  it('is a comment, and does not have a field that a client would interpret', () => {
    const { comment, id, data, type, retry }: MessageEvent = new OpenEvent();
    expect({ comment, id, data, type, retry }).toEqual({ comment: 'open' });
  });

  it('is an empty line where Nest assigns an id and does not send comments', () => {
    expect(sentByOldNest(new OpenEvent())).toBe('\n');
  });
});
