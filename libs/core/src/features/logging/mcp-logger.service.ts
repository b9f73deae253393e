import { ConsoleLogger, type LoggerService, type LogLevel as NestLogLevel } from '@nestjs/common';
import { McpContext } from '../../execution/context/mcp-context.js';
import type { McpLog } from '../../execution/notifications/mcp-log.js';
import { quietly } from '../../runtime/caught.js';
import { stackStart, withoutStack } from './stack-text.js';

type Level = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/**
 * Loggers of messages that clients must not see: this package, and Nest's exception handlers, which log whatever
 * error a tool throws.
 */
const SERVER_ONLY: ReadonlySet<string | undefined> = new Set(['McpModule', 'ExceptionsHandler']);

/**
 * Wraps the application's logger and also logs to the client: what code logs through Nest's `Logger` during a tool
 * call goes to the wrapped logger as usual, and its message goes to the client of that call, as with `ctx.log`. What
 * is logged outside of a call goes to the wrapped logger only.
 *
 * **Everything that the application logs during a call reaches the client of that call**, if it asks for such
 * messages. Use this class only if clients may read all of that. Clients get messages only: stacks and further
 * arguments stay in the log, and so do the messages of this package and of Nest's exception handlers.
 *
 * Levels: `log` becomes `info`, `warn` becomes `warning`, `debug` and `verbose` become `debug`, `fatal` becomes
 * `critical`. The context is the name of the logger.
 *
 * @example app.useLogger(new McpLoggerService(new ConsoleLogger()));
 */
export class McpLoggerService implements LoggerService {
  /** @param logger the application's logger. Default: Nest's `ConsoleLogger`. */
  constructor(private readonly logger: LoggerService = new ConsoleLogger()) {}

  log(message: unknown, ...more: unknown[]): void {
    quietly(() => this.logger.log(message, ...more));
    quietly(() => tellClient('info', message, more));
  }

  error(message: unknown, ...more: unknown[]): void {
    quietly(() => this.logger.error(message, ...more));
    quietly(() => tellClient('error', message, more));
  }

  warn(message: unknown, ...more: unknown[]): void {
    quietly(() => this.logger.warn(message, ...more));
    quietly(() => tellClient('warning', message, more));
  }

  debug(message: unknown, ...more: unknown[]): void {
    quietly(() => this.logger.debug?.(message, ...more));
    quietly(() => tellClient('debug', message, more));
  }

  verbose(message: unknown, ...more: unknown[]): void {
    quietly(() => this.logger.verbose?.(message, ...more));
    quietly(() => tellClient('debug', message, more));
  }

  fatal(message: unknown, ...more: unknown[]): void {
    quietly(() => this.logger.fatal?.(message, ...more));
    quietly(() => tellClient('critical', message, more));
  }

  setLogLevels(levels: NestLogLevel[]): void {
    this.logger.setLogLevels?.(levels);
  }
}

function tellClient(level: Level, message: unknown, more: readonly unknown[]): void {
  const log: McpLog | undefined = McpContext.current()?.log;
  if (!log?.isWanted(level)) return;
  const context = contextOf(more);
  if (SERVER_ONLY.has(context)) return;
  const said = typeof message === 'string' ? withoutStack(message) : message;
  log[level](said, context === undefined ? {} : { logger: context });
}

/** Nest's `Logger` passes its context last. Without a context, the last argument may be a stack. */
function contextOf(more: readonly unknown[]): string | undefined {
  const last = more.at(-1);
  return typeof last === 'string' && stackStart(last) === -1 ? last : undefined;
}
