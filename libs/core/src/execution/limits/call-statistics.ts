import { Injectable } from '@nestjs/common';

/** Counts outcomes of calls since the start of the process. */
@Injectable()
export class McpCallStatistics {
  private late = 0;

  /** The number of results and errors of tools that were dropped, because their call had ended before. */
  get lateResults(): number {
    return this.late;
  }

  countLateResult(): void {
    this.late++;
  }
}
