import type { JsonObject } from '../../interfaces/json.js';
import { isAtLeast, type LogLevel } from '../../interfaces/log-level.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import { LOGS_DROPPED } from '../../messages/call.messages.js';
import type { CallTerms } from './call-terms.js';
import { TokenBucket } from './token-bucket.js';

const LONGEST_LOGGER = 128;

/** What can be said beside a log message. */
export interface McpLogOptions {
  /** Name of what logs. Default: the name of the tool. */
  logger?: string;
  /** Whatever belongs to the message: the client then gets `{ message, data }`. Default: it gets the message alone. */
  data?: unknown;
}

/** What a log needs of the call that it belongs to. */
export type LoggedCall = Pick<McpCall, 'logLevel' | 'isActive' | 'notify' | 'beforeAnswer'>;

/**
 * Sends log messages to the client of a call, on the stream that carries the call, and nowhere else
 * (`notifications/message`; 2025-11-25 logging, 2026-07-28 logging). A client gets those of the level that it
 * asked for and above; what nobody wants costs nothing. Nothing is sent once the call is over.
 *
 * A message is any value: a text as it is, instances by their class-transformer rules, of an error its
 * message alone. What has no JSON is sent as a text that says so, what is large is cut; nothing is ever thrown.
 * More messages in a second than `limits.logPerSecond` are dropped, and counted in a last one.
 *
 * Whatever is logged here leaves the server: no credentials, no personal data (logging, Security).
 */
export class McpLog {
  private readonly bucket: TokenBucket;
  private dropped = 0;

  constructor(
    private readonly call: LoggedCall,
    private readonly name: string,
    private readonly terms: CallTerms,
  ) {
    this.bucket = new TokenBucket(terms.logPerSecond);
  }

  /** Tells whether a message of this level would go to the client: for those that are costly to make. */
  isWanted(level: LogLevel): boolean {
    const { logLevel, isActive } = this.call;
    return isActive && logLevel !== undefined && isAtLeast(level, logLevel);
  }

  /** Details for whoever looks for a fault. */
  debug(message: unknown, options?: McpLogOptions): void {
    this.send('debug', message, options);
  }

  /** What a call does. */
  info(message: unknown, options?: McpLogOptions): void {
    this.send('info', message, options);
  }

  /** Normal, but worth a look. */
  notice(message: unknown, options?: McpLogOptions): void {
    this.send('notice', message, options);
  }

  /** Not as it should be. */
  warning(message: unknown, options?: McpLogOptions): void {
    this.send('warning', message, options);
  }

  /** Something failed. */
  error(message: unknown, options?: McpLogOptions): void {
    this.send('error', message, options);
  }

  /** A part of the system failed. */
  critical(message: unknown, options?: McpLogOptions): void {
    this.send('critical', message, options);
  }

  /** Somebody has to act at once. */
  alert(message: unknown, options?: McpLogOptions): void {
    this.send('alert', message, options);
  }

  /** The system cannot be used. */
  emergency(message: unknown, options?: McpLogOptions): void {
    this.send('emergency', message, options);
  }

  private send(level: LogLevel, message: unknown, { logger, data }: McpLogOptions = {}): void {
    if (!this.isWanted(level)) return;
    if (!this.bucket.take()) return this.drop();
    const said = data === undefined ? message : { message, data };
    this.notify({
      level,
      logger: (logger ?? this.name).slice(0, LONGEST_LOGGER),
      data: this.terms.logData(said) ?? null,
    });
  }

  private drop(): void {
    if (this.dropped++ === 0) this.call.beforeAnswer(() => this.tellDropped());
  }

  /** At a level that the client wants, or it would not hear of it. */
  private tellDropped(): void {
    const { logLevel } = this.call;
    if (logLevel === undefined) return;
    const level = isAtLeast('warning', logLevel) ? 'warning' : logLevel;
    this.notify({ level, logger: this.name, data: LOGS_DROPPED(this.dropped) });
  }

  private notify(params: JsonObject): void {
    this.call.notify('notifications/message', params);
  }
}
