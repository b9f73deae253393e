import { type CallHandler, type ExecutionContext, NotFoundException, Scope } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { image, McpTool, McpToolType } from '@nestmcp/core';
import { EMPTY, map, NEVER, Observable, of, startWith, throwError } from 'rxjs';
import { deferred } from '../support/deferred.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { PLATFORMS, type TestAppOptions } from '../support/app/test-app.js';

const PICTURE = image(Buffer.from('a'), 'image/png');

@McpToolType()
class StreamTools {
  readonly stopped = deferred();
  readonly started = deferred();

  @McpTool() emissions(): Observable<unknown> {
    return of('a', { b: 1 }, 'last');
  }
  @McpTool() async promised(): Promise<Observable<unknown>> {
    return of(1, 2);
  }
  @McpTool() single(): Observable<unknown> {
    return of('only');
  }
  @McpTool() value(): unknown {
    return 'plain';
  }
  @McpTool() empty(): Observable<unknown> {
    return EMPTY;
  }
  @McpTool() broken(): Observable<unknown> {
    return throwError(() => new NotFoundException('no such thing'));
  }
  /** Yields its first value, and no second one until the test disconnects. */
  @McpTool({ timeout: '100ms' }) endless(): Observable<unknown> {
    const { stopped, started } = this;
    return new Observable((subscriber) => {
      const inner = NEVER.pipe(startWith('begun')).subscribe(subscriber);
      started.resolve();
      return () => {
        inner.unsubscribe();
        stopped.resolve();
      };
    });
  }

  @McpTool() async *words(): AsyncGenerator<string> {
    yield 'a';
    yield 'b';
  }
  @McpTool() async *blocks(): AsyncGenerator {
    yield 'one';
    yield PICTURE;
  }
  @McpTool() async *rows(): AsyncGenerator<object> {
    yield { id: 1n };
    yield { id: 2n };
  }
  @McpTool() async *none(): AsyncGenerator<object> {}
  @McpTool() async *failing(): AsyncGenerator<string> {
    yield 'a';
    throw new NotFoundException('gone halfway');
  }
  /** Yields continuously, so it never times out, until it is stopped. */
  @McpTool({ timeout: '100ms' }) async *ticking(): AsyncGenerator<string> {
    try {
      this.started.resolve();
      for (;;) yield 'tick';
    } finally {
      this.stopped.resolve();
    }
  }
  @McpTool() async *tooMuch(): AsyncGenerator<string> {
    try {
      for (;;) yield 'x'.repeat(100_000);
    } finally {
      this.stopped.resolve();
    }
  }
}

@McpToolType({ scope: Scope.REQUEST })
class PerCallTools {
  @McpTool() counted(): Observable<unknown> {
    return of(1, 2);
  }
  @McpTool() async *spelled(): AsyncGenerator<string> {
    yield 'a';
    yield 'b';
  }
}

const text = (value: string) => ({ content: [{ type: 'text', text: value }] });
const progress = (...messages: (string | undefined)[]) =>
  messages.map((message, index) => ({
    progressToken: 't',
    progress: index + 1,
    ...(message !== undefined && { message }),
  }));

const CASES: readonly (readonly [string, object, object[]])[] = [
  ['emissions', text('last'), progress('a', undefined, 'last')],
  ['promised', text('2'), progress('1', '2')],
  ['single', text('only'), []],
  ['value', text('plain'), []],
  ['empty', { content: [] }, []],
  ['words', text('ab'), progress('a', 'b')],
  ['blocks', { content: [{ type: 'text', text: 'one' }, PICTURE] }, progress('one', undefined)],
  ['rows', text('[{"id":"1"},{"id":"2"}]'), progress(undefined, undefined)],
  ['none', { content: [] }, []],
];

const passing = { intercept: (_: ExecutionContext, next: CallHandler) => next.handle() };
const mapping = {
  intercept: (_: ExecutionContext, next: CallHandler) =>
    next.handle().pipe(map((value: unknown) => value)),
};
const WAYS: readonly (readonly [string, TestAppOptions['providers']])[] = [
  ['directly', []],
  ['behind a guard', [{ provide: APP_GUARD, useValue: { canActivate: () => true } }]],
  ['behind an interceptor', [{ provide: APP_INTERCEPTOR, useValue: passing }]],
  ['behind an interceptor that maps', [{ provide: APP_INTERCEPTOR, useValue: mapping }]],
];

describe.each(PLATFORMS)('a tool that yields values one by one, on %s', (platform) => {
  const { start, connect } = harness(platform);

  describe.each(WAYS)('%s', (_, providers = []) => {
    const startWithTools = async () => {
      const { app } = await start({
        providers: [StreamTools, ...providers],
        mcp: { maxTimeout: '300ms' },
      });
      return app.get(StreamTools);
    };

    it.each(CASES)(
      'produces one result, and progress for a client that requested it: %s',
      async (name, result, told) => {
        await startWithTools();
        const client = await connect();
        expect(await client.result(name, {}, { progressToken: 't' })).toEqual(result);
        expect(client.progress()).toEqual(told);
      },
    );

    it('sends no progress to a client that did not request it', async () => {
      await startWithTools();
      const client = await connect();
      await client.result('words');
      await client.result('emissions');
      expect(client.progress()).toEqual([]);
      await client.expectIntact();
    });

    it.each([
      ['broken', 'no such thing'],
      ['failing', 'gone halfway'],
    ])('fails only its own call when it throws: %s', async (name, words) => {
      await startWithTools();
      const client = await connect();
      expect(await client.call(name)).toMatchObject({ text: words, isError: true });
      await client.expectIntact();
    });

    it.each(['endless', 'ticking'])('is stopped at its deadline: %s', async (name) => {
      const { stopped } = await startWithTools();
      const client = await connect();
      const answer = await client.call(name, {});
      expect(answer).toMatchObject({ text: expect.stringMatching(/timed out/), isError: true });
      await stopped.promise;
      await client.expectIntact();
    });

    it.each(['endless', 'ticking'])('is stopped when it is cancelled: %s', async (name) => {
      const { started, stopped } = await startWithTools();
      const client = await connect();
      await client.postCall(name);
      await started.promise;
      await client.cancelLast();
      await stopped.promise;
      await client.expectIntact();
    });

    it('is stopped when it exceeds the limit of a result: %s', async () => {
      const { stopped } = await startWithTools();
      const client = await connect();
      expect(await client.call('too_much')).toMatchObject({
        text: expect.stringMatching(/^The result of tool 'too_much' is too large/),
        isError: true,
      });
      await stopped.promise;
      await client.expectIntact();
    });
  });

  it('sends the first value before the second', async () => {
    await start({ providers: [StreamTools] });
    const client = await connect();
    await client.result('endless', {}, { progressToken: 't' });
    expect(client.progress()).toEqual(progress('begun'));
  });

  it('is read in the same way from a tool that is created for each call', async () => {
    await start({ providers: [PerCallTools] });
    const client = await connect();
    expect(await client.result('counted')).toEqual(text('2'));
    expect(await client.result('spelled', {}, { progressToken: 't' })).toEqual(text('ab'));
    expect(client.progress()).toEqual(progress('a', 'b'));
  });

  it('passes its errors to the filters', async () => {
    const filter = { catch: () => 'what the filter says' };
    await start({ providers: [StreamTools, { provide: APP_FILTER, useValue: filter }] });
    const client = await connect();
    for (const name of ['broken', 'failing'])
      expect(await client.call(name)).toMatchObject({ text: 'what the filter says' });
  });
});
