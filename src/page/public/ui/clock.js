import { byId } from './dom.js';

const LAST_ID = '10';

const say = (text) => (byId('clock-status').textContent = text);

/** The tutorial's client, and an end to it. */
export function startClock() {
  const clock = new EventSource('/clock');
  const output = byId('output');
  const again = byId('clock-again');
  again.disabled = true;
  output.replaceChildren();
  clock.addEventListener('open', () => say('Ten times, one a second'));
  clock.addEventListener('message', ({ data, lastEventId }) => {
    output.append(`${data}\n`);
    output.scrollTop = output.scrollHeight;
    if (lastEventId !== LAST_ID) return;
    // Left open, it would reconnect as soon as the server ends the stream.
    clock.close();
    say('All ten received, stream closed');
    again.disabled = false;
  });
  clock.addEventListener('error', () => say('Connection lost, trying again…'));
}
