import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { guarded } from './guarded.js';

describe('a guarded listener', () => {
  const error = jest.fn();

  beforeAll(() => Logger.overrideLogger({ error, log: jest.fn(), warn: jest.fn() }));
  afterAll(() => Logger.overrideLogger(false));
  beforeEach(() => error.mockClear());

  it.each<[string, () => unknown]>([
    [
      'a throw',
      () => {
        throw new Error('broken');
      },
    ],
    ['a rejection', () => Promise.reject(new Error('broken'))],
  ])('logs %s, and passes nothing on', async (_, listener) => {
    const emitter = new EventEmitter();
    const next = jest.fn();
    emitter.on('event', guarded(listener)).on('event', next);
    expect(() => emitter.emit('event')).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    expect(next).toHaveBeenCalledTimes(1);
    expect(error.mock.calls).toEqual([
      [expect.stringContaining('MCP140'), expect.stringContaining('Error: broken'), 'McpModule'],
    ]);
  });

  it('gets the arguments of the event', () => {
    const listener = jest.fn();
    guarded((one: number, other: string) => listener(one, other))(1, 'a');
    expect(listener).toHaveBeenCalledWith(1, 'a');
    expect(error).not.toHaveBeenCalled();
  });

  it.each([
    ['null', null],
    ['a frozen object', Object.freeze({})],
    [
      'an error whose getters throw',
      Object.defineProperty(new Error('x'), 'stack', {
        get() {
          throw new Error('y');
        },
      }),
    ],
    [
      'a proxy that throws',
      new Proxy(
        {},
        {
          get() {
            throw new Error('p');
          },
          getPrototypeOf() {
            throw new Error('q');
          },
        },
      ),
    ],
  ])('survives %s', (_, thrown: unknown) => {
    expect(
      guarded(() => {
        throw thrown;
      }),
    ).not.toThrow();
    expect(error).toHaveBeenCalledTimes(1);
  });
});
