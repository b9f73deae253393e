import type { Readable, Writable } from 'node:stream';
import type { INestApplicationContext, LoggerService, LogLevel } from '@nestjs/common';
import type { Duration } from '../interfaces/duration.js';

/** The options of `runStdio()`. */
export interface StdioOptions {
  /** Name of the server to serve, if the application has several. Default: the default server, or the only one. */
  server?: string;
  /**
   * Logger of the application; it must not write to stdout. An array sets the levels of the default logger,
   * and `false` turns logging off. Default: Nest's logger, writing to stderr.
   */
  logger?: LoggerService | LogLevel[] | false;
  /** Called once the application is initialized, before the first message is read. Default: nothing. */
  configure?: (app: INestApplicationContext) => void | Promise<void>;
  /** Where messages come from. Default: `process.stdin`. */
  input?: Readable;
  /** Where messages go. Default: `process.stdout`. */
  output?: Writable;
  /**
   * Whether everything that the application writes to `process.stdout`, such as `console.log()`, goes to
   * stderr. With some clients, one stray line on stdout ends the connection. `false` also ends the redirection that
   * `import '@nestmcp/core/stdio'` has begun. Default: `true` if messages go to `process.stdout`.
   */
  redirectStdout?: boolean;
  /**
   * Time after the application is closed until the process exits, even if timers or sockets are still open.
   * It applies only if messages come from `process.stdin`. `false` never ends the process. Default: `'1s'`.
   */
  exitWithin?: Duration | false;
}
