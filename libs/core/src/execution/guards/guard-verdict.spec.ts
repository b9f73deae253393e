import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { anything, array, assert, asyncProperty, boolean, constantFrom, oneof } from 'fast-check';
import { EMPTY, from, of } from 'rxjs';
import { allAllow, verdictOf } from './guard-verdict.js';

const context: ExecutionContext = new ExecutionContextHost([]);
const guardThat = (answer: () => unknown): CanActivate => ({
  canActivate: () => answer() as boolean,
});
const given = oneof(
  boolean(),
  anything().filter((value) => typeof (value as { then?: unknown } | null)?.then !== 'function'),
);
const wrapped = constantFrom<((value: unknown) => unknown)[]>(
  (value) => value,
  async (value) => Promise.resolve(value),
  (value) => of(value),
  (value) => of(!(value === true), value),
  (value) => from(Promise.resolve(value)),
  async (value) => Promise.resolve(of(value)),
);

describe('the verdict of a guard', () => {
  it('is true only, in any wrapper', async () => {
    await assert(
      asyncProperty(given, wrapped, async (value, wrap) => {
        expect(
          await verdictOf(
            guardThat(() => wrap(value)),
            context,
          ),
        ).toBe(value === true);
      }),
    );
  });

  it.each([
    ['an empty Observable', () => EMPTY],
    ['a promise of an empty Observable', async () => Promise.resolve(EMPTY)],
    ['a promise of nothing', async () => Promise.resolve()],
  ])('is a denial for %s', async (_, answer) => {
    expect(await verdictOf(guardThat(answer), context)).toBe(false);
  });

  it('is returned synchronously if the guard returns a boolean', () => {
    expect(
      verdictOf(
        guardThat(() => true),
        context,
      ),
    ).toBe(true);
    expect(
      verdictOf(
        guardThat(() => false),
        context,
      ),
    ).toBe(false);
  });

  it('is the error that the guard throws', async () => {
    const thrown = new Error('no');
    const guard = guardThat(() => {
      throw thrown;
    });
    expect(() => verdictOf(guard, context)).toThrow(thrown);
    await expect(
      verdictOf(
        guardThat(async () => Promise.reject(thrown)),
        context,
      ),
    ).rejects.toBe(thrown);
  });
});

describe('several guards', () => {
  it('allow when all allow, and stop at the first that denies', async () => {
    await assert(
      asyncProperty(array(boolean()), wrapped, async (verdicts, wrap) => {
        let asked = 0;
        const guards = verdicts.map((verdict) =>
          guardThat(() => {
            asked++;
            return wrap(verdict);
          }),
        );
        expect(await allAllow(guards, context)).toBe(!verdicts.includes(false));
        expect(asked).toBe(verdicts.includes(false) ? verdicts.indexOf(false) + 1 : asked);
      }),
    );
  });
});
