import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { fakeClock } from '@nestmcp/testing';
import * as fc from 'fast-check';
import { jumpWallClock } from '../../../../test/support/app/wall-clock.js';
import { type Deadline, Deadlines } from './deadlines.js';

describe('deadlines', () => {
  describe.each([
    ['on the fake clock of @nestmcp/testing', ourClock],
    ['on the fake timers of Jest', () => jestClock()],
  ])('%s', (_, begin) => {
    it('run in the order of their times, each on time', async () => {
      const clock = begin();
      const wheel = new Deadlines();
      const ran: [string, number][] = [];
      const start = wheel.now();
      for (const [name, at] of Object.entries({ a: 55_000, b: 10, c: 11, d: 0, e: 1_800_000 }))
        wheel.after(at, () => ran.push([name, Math.round(wheel.now() - start)]));
      await clock.advance(1_799_999);
      expect(ran).toEqual([
        ['d', 1],
        ['b', 10],
        ['c', 11],
        ['a', 55_000],
      ]);
      await clock.advance(1);
      expect(ran.at(-1)).toEqual(['e', 1_800_000]);
      clock.restore();
    });

    it('take over callbacks that wait by the real clock, and go back to it', async () => {
      const wheel = new Deadlines();
      const before = jest.fn();
      wheel.after(60_000, before).unref();
      const clock = begin();
      const during = wheel.after(1_000, jest.fn());
      await clock.advance(59_000);
      expect(during.isOver).toBe(true);
      expect(before).not.toHaveBeenCalled();
      await clock.advance(1_000);
      expect(before).toHaveBeenCalledTimes(1);
      wheel.after(100_000, jest.fn()).unref();
      clock.restore();
      await new Promise<void>((resolve) => wheel.after(5, resolve));
    });

    it('do the same as a naive list of times, in any sequence of operations', async () => {
      expect.hasAssertions();
      let clock: TestClock | undefined;
      await fc.assert(
        fc.asyncProperty(fc.array(STEP, { maxLength: 40 }), async (steps) => {
          clock?.restore();
          clock = begin();
          const run = new ComparedRun(clock);
          for (const step of steps) {
            await run.take(step);
            const { real, right } = run.outcome;
            expect(real).toEqual(right);
          }
          run.end();
        }),
        { numRuns: 60 },
      );
      clock?.restore();
    });
  });

  it('run on fake timers that come without a fake performance', async () => {
    const clock = jestClock(['performance']);
    const wheel = new Deadlines();
    const [once, always] = [jest.fn(), jest.fn()];
    wheel.after(55_000, once);
    const every = wheel.every(10_000, always);
    await clock.advance(54_000);
    expect([once, always].map((ran) => ran.mock.calls.length)).toEqual([0, 5]);
    await clock.advance(1_100);
    expect(once).toHaveBeenCalledTimes(1);
    every.stop();
    clock.restore();
  });

  it('do not depend on the wall clock', async () => {
    const clock = ourClock();
    const wheel = new Deadlines();
    const ran = jest.fn();
    wheel.after(1_000, ran);
    const goBack = jumpWallClock(3_600_000);
    await clock.advance(999);
    expect(ran).not.toHaveBeenCalled();
    goBack();
    const goOn = jumpWallClock(-3_600_000);
    await clock.advance(1);
    expect(ran).toHaveBeenCalledTimes(1);
    goOn();
    clock.restore();
  });

  it('survive a callback that throws, and log it', async () => {
    const error = jest.fn();
    Logger.overrideLogger({ error, log: jest.fn(), warn: jest.fn() });
    const clock = ourClock();
    const wheel = new Deadlines();
    const other = jest.fn();
    wheel.after(10, () => {
      throw new Error('broken');
    });
    wheel.after(10, other);
    wheel.after(11, other);
    await clock.advance(20);
    expect(other).toHaveBeenCalledTimes(2);
    expect(error).toHaveBeenCalledWith(
      expect.stringContaining('MCP140'),
      expect.anything(),
      'McpModule',
    );
    clock.restore();
    Logger.overrideLogger(false);
  });

  it('share one timer, which is set again only for an earlier time', () => {
    const set = jest.spyOn(globalThis, 'setTimeout');
    const wheel = new Deadlines();
    const all = Array.from({ length: 10_000 }, (_, index) => wheel.after(60_000 + index, jest.fn));
    for (const one of all) one.restart();
    for (const one of all.slice(1)) one.stop();
    expect(set).toHaveBeenCalledTimes(1);
    const earlier = wheel.after(30_000, jest.fn);
    expect(set).toHaveBeenCalledTimes(2);
    earlier.stop();
    all[0]?.stop();
    set.mockRestore();
  });

  it('keep the process alive while a deadline waits that is not unref()d', () => {
    const set = jest.spyOn(globalThis, 'setTimeout');
    const wheel = new Deadlines();
    const one = wheel.after(60_000, jest.fn);
    const timer = set.mock.results[0]?.value as NodeJS.Timeout;
    expect(timer.hasRef()).toBe(true);
    const other = wheel.every(70_000, jest.fn).unref();
    expect(timer.hasRef()).toBe(true);
    one.stop();
    one.stop();
    expect(timer.hasRef()).toBe(false);
    one.restart();
    expect(timer.hasRef()).toBe(true);
    one.unref();
    other.stop();
    expect(timer.hasRef()).toBe(false);
    one.stop();
    set.mockRestore();
  });

  it('leave no timer behind when no deadline waits', () => {
    jest.useFakeTimers();
    const wheel = new Deadlines();
    const [one, other] = [wheel.after(1_000, jest.fn()), wheel.every(1_000, jest.fn())];
    jest.advanceTimersByTime(1_500);
    expect([one.isOver, jest.getTimerCount()]).toEqual([true, 1]);
    other.stop();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('do not run in the async context of a caller', async () => {
    const whose = new AsyncLocalStorage<string>();
    const wheel = new Deadlines();
    const seen = await new Promise<unknown>((resolve) => {
      whose.run('a caller', () => wheel.after(1, () => resolve(whose.getStore())));
    });
    expect(seen).toBeUndefined();
  });

  it('may be stopped, set and postponed in a running callback', async () => {
    const clock = ourClock();
    const wheel = new Deadlines();
    const stopped = jest.fn();
    const putOff = jest.fn();
    const set = jest.fn();
    wheel.after(10, () => {
      first.stop();
      second.restart(30);
      wheel.after(5, set);
    });
    const first = wheel.after(10, stopped);
    const second = wheel.after(10, putOff);
    const again = wheel.every(10, () => again.stop());
    await clock.advance(15);
    expect([stopped, putOff, set].map((ran) => ran.mock.calls.length)).toEqual([0, 0, 1]);
    expect(again.isOver).toBe(true);
    await clock.advance(25);
    expect(putOff).toHaveBeenCalledTimes(1);
    clock.restore();
  });
});

interface TestClock {
  advance(milliseconds: number): Promise<void>;
  restore(): void;
}

function ourClock(): TestClock {
  return fakeClock();
}

function jestClock(doNotFake: 'performance'[] = []): TestClock {
  jest.useFakeTimers({ doNotFake });
  return {
    advance: (milliseconds) => jest.advanceTimersByTimeAsync(milliseconds),
    restore: () => void jest.useRealTimers(),
  };
}

const MILLISECONDS = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5_000 }));
const STEP = fc.oneof(
  fc.record({ act: fc.constantFrom('after', 'every'), milliseconds: MILLISECONDS }),
  fc.record({ act: fc.constant('stop'), which: fc.nat(20) }),
  fc.record({ act: fc.constant('restart'), which: fc.nat(20), milliseconds: MILLISECONDS }),
  fc.record({ act: fc.constant('advance'), milliseconds: fc.integer({ min: 1, max: 3_000 }) }),
);
type Step = { act: string; which?: number; milliseconds?: number };

/** One entry of the list that the wheel is compared with. */
interface Expected {
  due: number;
  milliseconds: number;
  readonly repeats: boolean;
  isWaiting: boolean;
}

/** Times, each with the number of the deadline that ran then. */
type Ran = [number, number][];

class ComparedRun {
  private readonly wheel = new Deadlines();
  private readonly start = this.wheel.now();
  private readonly all: Deadline[] = [];
  private readonly model: Expected[] = [];
  private readonly ran: Ran = [];
  private readonly expected: Ran = [];
  private now = 0;

  constructor(private readonly clock: TestClock) {}

  async take({ act, which = 0, milliseconds = 0 }: Step): Promise<void> {
    if (act === 'advance') await this.advance(milliseconds);
    else if (act === 'stop') this.stop(which);
    else if (act === 'restart') this.restart(which, milliseconds);
    else this.begin(act === 'every', milliseconds);
  }

  /** The calls of the wheel, and the expected ones. */
  get outcome(): { real: unknown; right: unknown } {
    return {
      real: [this.all.map((one) => one.isOver), sorted(this.ran)],
      right: [this.model.map(({ isWaiting }) => !isWaiting), sorted(this.expected)],
    };
  }

  end(): void {
    for (const one of this.all) one.stop();
  }

  private begin(repeats: boolean, milliseconds: number): void {
    const index = this.all.length;
    const run = (): void => {
      this.ran.push([Math.round(this.wheel.now() - this.start), index]);
    };
    this.all.push(this.wheel[repeats ? 'every' : 'after'](milliseconds, run));
    const due = this.now + milliseconds;
    this.model.push({ due, milliseconds, repeats, isWaiting: true });
  }

  private stop(which: number): void {
    this.all[which]?.stop();
    const one = this.model[which];
    if (one) one.isWaiting = false;
  }

  private restart(which: number, milliseconds: number): void {
    this.all[which]?.restart(milliseconds);
    const due = this.now + milliseconds;
    Object.assign(this.model[which] ?? {}, { milliseconds, due, isWaiting: true });
  }

  private async advance(milliseconds: number): Promise<void> {
    await this.clock.advance(milliseconds);
    this.now += milliseconds;
    for (const [index, one] of this.model.entries())
      while (one.isWaiting && one.due <= this.now) {
        this.expected.push([one.due, index]);
        one.isWaiting = one.repeats;
        one.due += one.milliseconds;
      }
  }
}

function sorted(ran: Ran): Ran {
  return ran.toSorted(([one, a], [other, b]) => one - other || a - b);
}
