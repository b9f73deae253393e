import { Logger, type LoggerService } from '@nestjs/common';
import { quietly } from './caught.js';

/**
 * Nest's `Logger` for the lines of this package, which go to the logger of the application. It never throws,
 * and rejections of that logger are ignored: a broken logger loses log lines, but not answers.
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
