import { NotedArguments, usesAbsent } from './noted-arguments.js';

const typeError = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (thrown) {
    return thrown;
  }
};
interface Having {
  readonly x: object;
}
const VALUES: object = { null: null, undefined };
const absent = Reflect.get(VALUES, 'undefined') as Having;
const ERROR = typeError(() => absent.x);

describe('the arguments of an enhancer without HTTP', () => {
  it.each([
    ['the request', 0, true],
    ['the response', 1, true],
    ['the arguments', 2, false],
    ['the context', 3, false],
  ])('note who asked for %s', (_, index, isNoted) => {
    const noted = new NotedArguments([undefined, {}, {}, {}]);
    expect(noted.explains(ERROR)).toBe(false);
    void noted.args[index];
    expect(noted.explains(ERROR)).toBe(isNoted);
    expect(noted.explains(new Error('the database is down'))).toBe(false);
  });

  it('are those of the call, also after an enhancer has replaced one', () => {
    const args: unknown[] = [undefined, 'response', {}];
    const noted = new NotedArguments(args);
    expect([...noted.args]).toEqual(args);
    noted.args[0] = { headers: {} };
    expect(args[0]).toEqual({ headers: {} });
    expect(noted.args[0]).toBe(args[0]);
  });
});

describe('the use of what is absent', () => {
  it.each([
    ['a member', () => absent.x],
    ['a member of null', () => (Reflect.get(VALUES, 'null') as Having).x],
    ['an assignment', () => Object.assign(absent as { x: object }).x],
    ['a pattern', () => (({ x }: typeof absent) => x)(absent)],
    ['in', () => 'x' in absent],
    ['a weak map', () => new WeakMap().set(absent, 1)],
  ])('is recognized: %s', (_, run) => {
    expect(usesAbsent(typeError(run))).toBe(true);
  });

  const refusing = new Proxy(new TypeError('undefined'), {
    get: () => {
      throw new Error('no');
    },
  });

  it.each([
    ['another error', new Error('undefined')],
    ['another type error', new TypeError('fetch failed')],
    ['text', 'Cannot read properties of undefined'],
    ['nothing', undefined],
    ['what cannot be read', refusing],
  ])('is not presumed: %s', (_, thrown) => {
    expect(usesAbsent(thrown)).toBe(false);
  });
});
