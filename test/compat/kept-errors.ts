import { format } from 'node:util';
import type { LoggerService } from '@nestjs/common';

/** A logger that keeps the errors and prints nothing. */
export class KeptErrors implements LoggerService {
  private lines: string[] = [];

  /** Returns what was logged since the last call. */
  take(): readonly string[] {
    const lines = this.lines;
    this.lines = [];
    return lines;
  }

  log(): void {
    return;
  }

  warn(): void {
    return;
  }

  error(...values: unknown[]): void {
    this.lines.push(format(...values));
  }
}
