import { ForbiddenException } from '@nestjs/common';
import { EMPTY, lastValueFrom, of, Subject, throwError } from 'rxjs';

const VALUES: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  undefined,
  null: null,
  zero: 0,
  one: 1,
  text: 'true',
  object: {},
};

const WRAPPERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  value: (value) => value,
  promise: async (value) => Promise.resolve(value),
  observable: (value) => of(value),
  'last-of-two': (value) => of(value !== true, value),
  'promise-of-observable': async (value) => Promise.resolve(of(value)),
};

const thrown = (): Error => new ForbiddenException('no');

/** All that a guard may answer with, by a name that fits a header. */
export const VERDICTS: ReadonlyMap<string, () => unknown> = new Map<string, () => unknown>([
  ...Object.entries(VALUES).flatMap(([name, value]) =>
    Object.entries(WRAPPERS).map(
      ([wrapper, wrap]) => [`${wrapper}-${name}`, () => wrap(value)] as const,
    ),
  ),
  [
    'throw',
    () => {
      throw thrown();
    },
  ],
  ['rejection', async () => Promise.reject(thrown())],
  ['failing-observable', () => throwError(thrown)],
  ['promise-of-failing', async () => Promise.resolve(throwError(thrown))],
  ['empty', () => EMPTY],
  ['promise-of-empty', async () => Promise.resolve(EMPTY)],
]);

let endless = new Subject<boolean>();

/** What a guard does not come to an end with, until {@link endEndless}. */
export const ENDLESS: ReadonlyMap<string, () => unknown> = new Map<string, () => unknown>([
  ['never', () => endless],
  ['pending', async () => lastValueFrom(endless, { defaultValue: false })],
  ['promise-of-never', async () => Promise.resolve(endless)],
]);

/** A denial for all that wait: a request that waits for its guard keeps the application open. */
export function endEndless(): void {
  endless.complete();
  endless = new Subject();
}

/** The verdicts that allow. */
export const ALLOWING: readonly string[] = Object.keys(WRAPPERS).map((name) => `${name}-true`);
