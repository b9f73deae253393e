import { ConsoleLogger } from '@nestjs/common';
import { inspect } from 'node:util';
import { LoggedError } from './logged-error.js';

const driverError = () =>
  Object.assign(new Error('duplicate key', { cause: new RangeError('too many') }), {
    name: 'QueryFailedError',
    code: '23505',
    query: 'INSERT INTO customers',
    parameters: ['hunter2'],
    request: { headers: { authorization: 'hunter2' } },
  });

const boom = (): never => {
  throw new Error('in a getter');
};

/** What a logger of Nest writes to a stream of the process. */
function written(logger: ConsoleLogger, error: unknown): string {
  const lines: string[] = [];
  const write = (line: string | Uint8Array): boolean => lines.push(String(line)) > 0;
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation(write),
  );
  logger.error(new LoggedError('MCP110 failed', error), undefined, 'McpModule');
  for (const spy of spies) spy.mockRestore();
  return lines.join('');
}

describe('a failure in the log', () => {
  it('is one line, whose cause is the original error', () => {
    const error = driverError();
    const logged = new LoggedError('MCP110 failed', error);
    expect(logged.message).toBe('MCP110 failed');
    expect(inspect(logged)).toBe(String(logged));
    expect(String(logged)).toMatch(/^MCP110 failed\n\w*Error: duplicate key\n/);
    expect(logged.cause).toBe(error);
  });

  it('is printed by the default logger: once, with the type and the fields of the error', () => {
    const text = written(new ConsoleLogger({ colors: false }), driverError());
    expect(text.match(/MCP110 failed/g)).toHaveLength(1);
    expect(text.match(/duplicate key/g)).toHaveLength(1);
    for (const part of ["code: '23505'", 'INSERT INTO customers', 'RangeError: too many'])
      expect(text).toContain(part);
    expect(text).not.toContain('hunter2');
  });

  it('is an object for a logger that writes JSON', () => {
    const text = written(new ConsoleLogger({ json: true, colors: false }), driverError());
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(String(lines[0]))).toMatchObject({
      level: 'error',
      message: 'MCP110 failed',
      context: 'McpModule',
      error: { cause: { name: 'QueryFailedError', code: '23505', query: 'INSERT INTO customers' } },
    });
  });

  it.each([
    [
      'an error with a getter that throws',
      Object.defineProperty(new Error('x'), 'code', { get: boom, enumerable: true }),
    ],
    ['a proxy that refuses', new Proxy({}, { get: boom, ownKeys: boom, getPrototypeOf: boom })],
  ])('has the text of what cannot be read: %s', (_, thrown) => {
    expect(typeof new LoggedError('MCP110 failed', thrown).cause).toBe('string');
  });

  it.each([['text'], [undefined], [null], [{ code: 1 }]])(
    'may be of another value: %p',
    (thrown) => {
      expect(new LoggedError('MCP110 failed', thrown).cause).toBe(thrown);
    },
  );
});
