import type { JsonObject } from '../../interfaces/json.js';
import { isAtLeast, type LogLevel } from '../../interfaces/log-level.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import { LOGS_DROPPED } from '../../messages/call.messages.js';
import type { CallTerms } from './call-terms.js';
import { TokenBucket } from './token-bucket.js';

const LONGEST_LOGGER = 128;

/** The options of a log message. */
export interface McpLogOptions {
  /** The name of the logger, cut to 128 characters. Default: the name of the tool. */
  logger?: string;
  /** Data that belongs to the message: the client gets `{ message, data }`. Default: the client gets only the message. */
  data?: unknown;
}

/** The part of a call that its log uses. */
export type LoggedCall = Pick<McpCall, 'logLevel' | 'isActive' | 'notify' | 'beforeAnswer'>;

/**
 * Sends log messages to the client of a call, only on the stream that carries the call (`notifications/message`;
 * 2025-11-25 logging, 2026-07-28 logging). The client gets messages of the level that it asked for and above. Other
 * messages are dropped before they are converted. Nothing is sent once the call is over.
 *
 * A message can be any value. A string is sent unchanged, an instance as class-transformer converts it, and an error
 * as its message. A value without JSON is sent as text that says so, and a large value is cut. No method throws.
 * Messages beyond `limits.logPerSecond` are dropped, and a last message says how many.
 *
 * All messages leave the server: do not log credentials or personal data (logging, Security).
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

  /** Whether a message of this level would be sent to the client. Check it before you build a costly message. */
  isWanted(level: LogLevel): boolean {
    const { logLevel, isActive } = this.call;
    return isActive && logLevel !== undefined && isAtLeast(level, logLevel);
  }

  /** Details for debugging. */
  debug(message: unknown, options?: McpLogOptions): void {
    this.send('debug', message, options);
  }

  /** The progress of normal work. */
  info(message: unknown, options?: McpLogOptions): void {
    this.send('info', message, options);
  }

  /** A normal but significant event. */
  notice(message: unknown, options?: McpLogOptions): void {
    this.send('notice', message, options);
  }

  /** A condition that may lead to an error. */
  warning(message: unknown, options?: McpLogOptions): void {
    this.send('warning', message, options);
  }

  /** An operation failed. */
  error(message: unknown, options?: McpLogOptions): void {
    this.send('error', message, options);
  }

  /** A component of the system failed. */
  critical(message: unknown, options?: McpLogOptions): void {
    this.send('critical', message, options);
  }

  /** An operator must act immediately. */
  alert(message: unknown, options?: McpLogOptions): void {
    this.send('alert', message, options);
  }

  /** The system is unusable. */
  emergency(message: unknown, options?: McpLogOptions): void {
    this.send('emergency', message, options);
  }

  private send(level: LogLevel, message: unknown, { logger, data }: McpLogOptions = {}): void {
    if (!this.isWanted(level)) return;
    if (!this.bucket.take()) return this.drop();
    const content = data === undefined ? message : { message, data };
    this.notify({
      level,
      logger: (logger ?? this.name).slice(0, LONGEST_LOGGER),
      data: this.terms.logData(content) ?? null,
    });
  }

  private drop(): void {
    if (this.dropped++ === 0) this.call.beforeAnswer(() => this.reportDropped());
  }

  /** Sent at a level that the client asked for, because a lower one would be dropped. */
  private reportDropped(): void {
    const { logLevel } = this.call;
    if (logLevel === undefined) return;
    const level = isAtLeast('warning', logLevel) ? 'warning' : logLevel;
    this.notify({ level, logger: this.name, data: LOGS_DROPPED(this.dropped) });
  }

  private notify(params: JsonObject): void {
    this.call.notify('notifications/message', params);
  }
}
