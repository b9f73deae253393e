import { isatty } from 'node:tty';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';

const STDERR = 2;

type Print = [
  messages: unknown[],
  context?: string,
  logLevel?: LogLevel,
  stream?: 'stdout' | 'stderr',
  errorStack?: unknown,
  params?: Record<string, unknown>,
];

/** Nest's logger, writing to stderr and never to stdout. It uses colors if stderr is a terminal. */
export class StderrLogger extends ConsoleLogger {
  constructor(logLevels?: LogLevel[]) {
    super({ colors: isatty(STDERR), ...(logLevels && { logLevels }) });
  }

  protected override printMessages(
    ...[messages, context, logLevel, , errorStack, params]: Print
  ): void {
    super.printMessages(messages, context, logLevel, 'stderr', errorStack, params);
  }
}
