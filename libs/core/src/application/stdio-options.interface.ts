import type { Readable, Writable } from 'node:stream';
import type { INestApplicationContext, LoggerService, LogLevel } from '@nestjs/common';
import type { Duration } from '../interfaces/duration.js';

/** What `runStdio()` takes beside the module. */
export interface StdioOptions {
  /** The server to serve, where the application has several. Default: the default one, or the only one. */
  server?: string;
  /**
   * Logger of the application; it must not write to stdout. Levels are those of the default one; `false` logs
   * nothing. Default: Nest's own, writing to stderr.
   */
  logger?: LoggerService | LogLevel[] | false;
  /** Called once the application is initialized, before the first message is read. Default: nothing. */
  configure?: (app: INestApplicationContext) => void | Promise<void>;
  /** Where messages come from. Default: `process.stdin`. */
  input?: Readable;
  /** Where messages go. Default: `process.stdout`. */
  output?: Writable;
  /**
   * Whether what the application itself writes to `process.stdout`, by `console.log()` too, goes to stderr from
   * now on; one stray line there ends the conversation with some clients. Default: `true` where messages go to `process.stdout`.
   */
  redirectStdout?: boolean;
  /**
   * Time that what the application leaves open (timers, sockets) may hold the process after the
   * application is closed, where messages come from `process.stdin`; `false` leaves it alone. Default: `'1s'`.
   */
  exitWithin?: Duration | false;
}
