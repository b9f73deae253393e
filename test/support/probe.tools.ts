import { deferred } from './deferred.js';
import { McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';

/** Tools that transport tests watch from inside. */
@McpToolType()
export class ProbeTools {
  /** Signals of the calls of `wait`, in the order they came in. */
  readonly waiting: AbortSignal[] = [];
  /** Inputs of `echo`, in the order they came in. */
  readonly echoed: string[] = [];
  private released: Promise<void> = Promise.resolve();
  private started: () => void = () => undefined;

  @McpTool('Echo the input')
  echo(@Param('input') input: string): string {
    this.echoed.push(input);
    return input;
  }

  @McpTool('Wait until nobody waits for the answer')
  async wait(ctx: McpContext): Promise<string> {
    const { signal } = ctx;
    this.waiting.push(signal);
    this.started();
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return 'too late';
  }

  @McpTool('Tell progress')
  async count(@Param('to', { type: 'integer' }) to: number, ctx: McpContext): Promise<string> {
    for (let step = 1; step <= to; step++) await ctx.progress(step, to, `step ${step}`);
    await this.released;
    return 'done';
  }

  @McpTool('Return what has no JSON')
  unserializable(): unknown {
    return { toJSON: () => this.fail() };
  }

  @McpTool('Tell whether the POST is answered')
  receipt(ctx: McpContext): string {
    const response = ctx.response as { writableEnded?: boolean; raw?: { writableEnded: boolean } };
    return (response.raw ?? response).writableEnded === true ? 'answered' : 'open';
  }

  @McpTool('Throw')
  fail(): never {
    throw new Error('the secret is 42');
  }

  @McpTool('Return a huge text')
  huge(@Param('length', { type: 'integer' }) length: number): string {
    return 'x'.repeat(length);
  }

  /** `count` answers once the function given back is called. */
  hold(): () => void {
    const { promise, resolve } = deferred();
    this.released = promise;
    return resolve;
  }

  /** Resolves when that many calls of `wait` are running. */
  async running(count: number): Promise<void> {
    while (this.waiting.length < count)
      await new Promise<void>((resolve) => (this.started = resolve));
  }
}
