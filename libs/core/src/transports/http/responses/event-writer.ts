import type { ServerResponse } from 'node:http';
import type { Output } from '../../output/output.js';

/** Longer texts are handed on as bytes: of a text, Node counts characters. */
const SHORT_TEXT = 16 * 1024;
/** Bytes of an event beside its data, at most. */
const LONGEST_FRAME = 256;

/** Writes the events of one stream, and counts what waits for its client. */
export class EventWriter {
  constructor(
    protected readonly raw: ServerResponse,
    protected readonly output: Output,
  ) {}

  /** False once it was ended, or the client has left. */
  get isOpen(): boolean {
    return !this.raw.destroyed && !this.raw.writableEnded;
  }

  /** One event; `data` is one line. */
  event(data: string, id?: string, type = 'message'): void {
    this.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${data}\n\n`);
  }

  /** The place to resume from: an event without data (2025-11-25 transports, Sending Messages to the Server). */
  prime(id: string): void {
    this.write(`id: ${id}\ndata: \n\n`);
  }

  /** How long to wait before reconnecting, from now on; a field that many readers do not know. */
  retry(retryMs: number): void {
    this.write(`retry: ${retryMs}\n\n`);
  }

  /** Tells proxies and clients that the stream is alive. */
  keepAlive(): void {
    this.write(': keep-alive\n\n');
  }

  /** Whether a message of so many bytes may wait for the client. */
  hasCapacity(bytes: number): boolean {
    return this.output.hasCapacity(bytes + LONGEST_FRAME);
  }

  /** Counts a message that waits for something else than the client; {@link letGo} ends that. */
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
