import { Logger, type LoggerService } from '@nestjs/common';
import { quietly } from './caught.js';

/**
 * Nest's `Logger` for this package's own lines, which go to whatever logger the application has installed. It
 * never throws, and what that logger rejects with is dropped: a broken logger costs its lines, and no answer.
 */
export class McpLogger extends Logger {
  constructor() {
    super('McpModule');
  }

  override get localInstance(): LoggerService {
    const installed = super.localInstance;
    return {
      log: (...line) => quietly(() => installed.log(...line)),
      error: (...line) => quietly(() => installed.error(...line)),
      warn: (...line) => quietly(() => installed.warn(...line)),
      debug: (...line) => quietly(() => installed.debug?.(...line)),
      verbose: (...line) => quietly(() => installed.verbose?.(...line)),
      fatal: (...line) => quietly(() => installed.fatal?.(...line)),
    };
  }
}
