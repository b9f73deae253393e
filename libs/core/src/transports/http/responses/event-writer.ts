import type { ServerResponse } from 'node:http';
import type { UnreadOutput } from '../../output/unread-output.js';

/** Longer texts are written as bytes, because Node counts a text in characters. In characters. */
const SHORT_TEXT = 16 * 1024;
/** Longest frame of an event without its data, in bytes. */
const LONGEST_FRAME = 256;

/** Writes the events of one stream, and counts the bytes that wait for its client. */
export class EventWriter {
  constructor(
    protected readonly raw: ServerResponse,
    protected readonly output: UnreadOutput,
  ) {}

  /** False after the response was ended or the client has left. */
  get isOpen(): boolean {
    return !this.raw.destroyed && !this.raw.writableEnded;
  }

  /** Writes one event. `data` must be a single line. */
  event(data: string, id?: string, type = 'message'): void {
    this.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${data}\n\n`);
  }

  /** Sends the id to resume from: an event without data (2025-11-25 transports, Sending Messages to the Server). */
  prime(id: string): void {
    this.write(`id: ${id}\ndata: \n\n`);
  }

  /** Sets the time that the client waits before it reconnects, in milliseconds. Many clients ignore the field. */
  retry(retryMs: number): void {
    this.write(`retry: ${retryMs}\n\n`);
  }

  /** Sends a comment, so that proxies and clients keep the stream open. */
  keepAlive(): void {
    this.write(': keep-alive\n\n');
  }

  /** Whether a message of this size may wait for the client. */
  hasCapacity(bytes: number): boolean {
    return this.output.hasCapacity(bytes + LONGEST_FRAME);
  }

  /** Counts a message that waits for something other than the client, until {@link letGo}. */
  hold(bytes: number): void {
    this.output.hold(bytes);
  }

  letGo(bytes: number): void {
    this.output.letGo(bytes);
  }

  protected write(frame: string): void {
    if (!this.isOpen) return;
    const bytes = this.bytesOf(frame);
    this.raw.write(bytes);
    this.output.wrote(bytes.length);
  }

  protected bytesOf(text: string): string | Buffer {
    return text.length > SHORT_TEXT || this.output.isBehind ? Buffer.from(text) : text;
  }
}
