import { Injectable } from '@nestjs/common';

/** What became of calls, counted since the start of the process. */
@Injectable()
export class McpCallStatistics {
  private late = 0;

  /** Results (and failures) of tools that came when nobody waited for them any more, and were dropped. */
  get lateResults(): number {
    return this.late;
  }

  countLateResult(): void {
    this.late++;
  }
}
