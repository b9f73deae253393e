import { Logger, type LoggerService } from '@nestjs/common';
import { McpLoggerService } from '../features/logging/mcp-logger.service.js';
import { McpLogger } from './mcp-logger.js';

const LEVELS = ['log', 'error', 'warn', 'debug', 'verbose', 'fatal'] as const;

const broken = (fail: () => unknown): LoggerService => ({
  log: fail,
  error: fail,
  warn: fail,
  debug: fail,
  verbose: fail,
  fatal: fail,
});

const FAILURES: readonly (readonly [string, () => unknown])[] = [
  [
    'throws',
    () => {
      throw new Error('down');
    },
  ],
  [
    'throws undefined',
    () => {
      throw undefined;
    },
  ],
  ['rejects', () => Promise.reject(new Error('down'))],
  // oxlint-disable-next-line unicorn/no-thenable -- the test needs the thenable of a logger
  ['rejects without a promise', () => ({ then: (_: unknown, no: (e: unknown) => void) => no(0) })],
];

describe('a logger', () => {
  const strays: unknown[] = [];
  const stray = (thrown: unknown) => strays.push(thrown);

  beforeAll(() => process.on('unhandledRejection', stray));
  afterAll(() => {
    process.off('unhandledRejection', stray);
    Logger.overrideLogger(false);
  });

  it.each(FAILURES)('that %s does not affect the code that logs', async (_, fail) => {
    const failing = jest.fn(fail);
    Logger.overrideLogger(broken(failing));
    const ours = new McpLogger();
    const copying = new McpLoggerService(broken(failing));
    for (const level of LEVELS) {
      expect(() => ours[level]('a line')).not.toThrow();
      expect(() => copying[level]('a line')).not.toThrow();
    }
    expect(failing).toHaveBeenCalledTimes(2 * LEVELS.length);
    await new Promise((resolve) => setImmediate(resolve));
    expect(strays).toEqual([]);
  });

  it('may have only some of the methods', () => {
    Logger.overrideLogger({} as LoggerService);
    for (const level of LEVELS) expect(() => new McpLogger()[level]('a line')).not.toThrow();
  });

  it('receives the lines under the name of the module', () => {
    const log = jest.fn();
    Logger.overrideLogger(broken(log));
    new McpLogger().error('a line', 'a stack');
    expect(log).toHaveBeenCalledWith('a line', 'a stack', 'McpModule');
  });
});
