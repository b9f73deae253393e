import { Injectable, Logger, Module, type OnModuleDestroy } from '@nestjs/common';
import { McpContext, McpModule, McpTool, McpToolType, Param, runStdio } from '@nestmcp/core';
import { deferred } from '../deferred.js';

/** Writes to every output that applications use. */
function chatter(what: string): void {
  console.log(`console: ${what}`);
  process.stdout.write(`stdout: ${what}\n`);
  new Logger('Chatter').log(`logger: ${what}`);
  new Logger('Chatter').error(`error: ${what}`);
}

@McpToolType()
class ChattyTools {
  private release: () => void = () => undefined;

  @McpTool()
  echo(@Param('input') input: string): string {
    chatter(input);
    return input;
  }

  @McpTool()
  async count(@Param('to', { type: 'integer' }) to: number, ctx: McpContext): Promise<string> {
    const { promise, resolve } = deferred();
    this.release = resolve;
    for (let step = 1; step <= to; step++) await ctx.progress(step, to);
    await promise;
    return 'done';
  }

  @McpTool('End the call of count')
  finish(): string {
    this.release();
    return 'finished';
  }

  @McpTool()
  async wait({ signal }: McpContext): Promise<string> {
    process.stderr.write('waiting\n');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    process.stderr.write('aborted\n');
    return 'too late';
  }
}

@Injectable()
class Pool implements OnModuleDestroy {
  /** Keeps the process running, like a pool that is never closed. */
  private readonly timer = setInterval(() => undefined, 60_000);

  onModuleDestroy(): void {
    chatter('destroyed');
    if (process.env.CLOSES === 'yes') clearInterval(this.timer);
  }
}

@Module({
  imports: [McpModule.forRoot({ name: 'chatty', version: '1.0.0', drain: '30s' })],
  providers: [ChattyTools, Pool],
})
class AppModule {
  constructor() {
    chatter('constructed');
  }
}

// The only sign, from outside, of a signal that does not end the process at once.
process.stdin.once('close', () => process.stderr.write('stopped reading\n'));
void runStdio(AppModule);
