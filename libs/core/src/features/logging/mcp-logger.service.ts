import { ConsoleLogger, type LoggerService, type LogLevel as NestLogLevel } from '@nestjs/common';
import { McpContext } from '../../execution/context/mcp-context.js';
import type { McpLog } from '../../execution/notifications/mcp-log.js';
import { quietly } from '../../runtime/caught.js';
import { stackStart, withoutStack } from './stack-text.js';

type Level = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/**
 * Who writes here writes about failures whose words are kept from clients: this package, and Nest's
 * exception handlers, which log whatever a tool throws.
 */
const SERVER_ONLY: ReadonlySet<string | undefined> = new Set(['McpModule', 'ExceptionsHandler']);

/**
 * The application's logger, and a copy for the client: what code below a tool call logs through Nest's
 * `Logger` goes on to the wrapped logger as ever, and its message also to the client of that call, as
 * `ctx.log` would send it. Code that runs for no call is not concerned.
 *
 * **Whatever the application logs during a call then reaches that call's client**, if it asks for such
 * messages: use it where clients may read all of that. Sent are messages alone; stacks and further arguments
 * stay in the log, and so do the lines of this package and those of Nest's exception handlers.
 *
 * `log` becomes `info`, `warn` `warning`, `debug` and `verbose` `debug`, `fatal` `critical`; the context is the
 * name of the logger.
 *
 * @example app.useLogger(new McpLoggerService(new ConsoleLogger()));
 */
export class McpLoggerService implements LoggerService {
  /** `logger` is the application's own. Default: Nest's `ConsoleLogger`. */
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

/** Nest's `Logger` puts its context last; a stack may stand there where it has none. */
function contextOf(more: readonly unknown[]): string | undefined {
  const last = more.at(-1);
  return typeof last === 'string' && stackStart(last) === -1 ? last : undefined;
}
