import { McpContext, McpException, McpTool, McpToolType, Param } from '@nestmcp/core';
import { IsInt, IsString } from 'class-validator';
import { deferred } from '../../deferred.js';

class Forecast {
  @IsString()
  city!: string;

  @IsInt()
  degrees!: number;
}

/** The events that one client's run of a tool waits for, and its outcome. */
class Run {
  readonly released = deferred();
  readonly ended = deferred();
  reason = '';
}

/**
 * The tools that every client uses, over every transport. Tools report their internal state, so that tests can read
 * it across processes, too.
 */
@McpToolType()
export class EveryClientTools {
  private readonly runs = new Map<string, Run>();

  @McpTool({ description: 'Echo the input', readOnly: true })
  echo(@Param('input', 'What to echo') input: string): string {
    return input;
  }

  @McpTool({ description: 'Tell the weather', output: Forecast })
  forecast(@Param('city') city: string): Forecast {
    return { city, degrees: 21 };
  }

  @McpTool('Refuse')
  refuse(): never {
    throw new McpException('There is no order 7');
  }

  @McpTool('Tell the revision that is spoken')
  revision(ctx: McpContext): string {
    return ctx.peer?.protocolVersion ?? 'none';
  }

  /** Clients drop progress that arrives in the same read as the result, so they confirm when they have it. */
  @McpTool('Tell three steps, and finish when released')
  async steps(@Param('run') run: string, ctx: McpContext): Promise<string> {
    for (const step of [1, 2, 3]) await ctx.progress(step, 3, `step ${step}`);
    await this.run(run).released.promise;
    return 'done';
  }

  @McpTool('Release steps')
  release(@Param('run') run: string): string {
    this.run(run).released.resolve();
    return 'released';
  }

  @McpTool('Wait until nobody waits for the answer')
  async wait(@Param('run') run: string, ctx: McpContext): Promise<string> {
    const { signal } = ctx;
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
    await ctx.progress(1, 2, 'waiting');
    await aborted;
    const { ended } = Object.assign(this.run(run), { reason: (signal.reason as Error).message });
    ended.resolve();
    return 'too late';
  }

  @McpTool('Tell why a call of wait ended, once it has')
  async reason(@Param('run') run: string): Promise<string> {
    await this.run(run).ended.promise;
    return this.run(run).reason;
  }

  private run(name: string): Run {
    const run = this.runs.get(name) ?? new Run();
    this.runs.set(name, run);
    return run;
  }
}

export const EVERY_TOOL = [
  'echo',
  'forecast',
  'refuse',
  'revision',
  'steps',
  'release',
  'wait',
  'reason',
];
