import {
  type CanActivate,
  Injectable,
  Logger,
  type LoggerService,
  UseGuards,
} from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { McpContext, McpLoggerService, McpTool, McpToolType } from '@nestmcp/core';
import { startApp } from '../support/app/test-app.js';
import { HttpSession, type Message, StatelessWire } from '../support/wire/wires.js';

@Injectable()
class StockService {
  private readonly logger = new Logger('Stock');

  check(): void {
    this.logger.verbose('verbose');
    this.logger.debug('debug', { token: 'of the log only' });
    this.logger.log('log');
    this.logger.warn({ left: 3 });
    this.logger.error('error', new Error('in the log').stack);
    this.logger.error(new Error('failed'));
    this.logger.error(new Error('with a stack').stack);
    this.logger.fatal('fatal');
    new Logger().error('without a context', new Error('in the log').stack);
    Logger.log('static');
  }
}

@Injectable()
class Open implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@McpToolType()
class Tools {
  afterwards: Promise<void> = Promise.resolve();
  answered = (): void => undefined;

  constructor(private readonly stock: StockService) {}

  @McpTool('Use a service that logs')
  check(): string {
    this.stock.check();
    return 'checked';
  }

  @McpTool('Throw')
  fail(): never {
    throw new Error('the secret is 42');
  }

  @McpTool('Throw behind a guard')
  @UseGuards(Open)
  failGuarded(): never {
    throw new Error('the secret is 42');
  }

  @McpTool('Go on when all is over')
  leave(): string {
    const over = new Promise<void>((resolve) => (this.answered = resolve));
    this.afterwards = over.then(() => new Logger('Job').error('late'));
    return 'left';
  }
}

const paramsOf = (messages: readonly Message[]): unknown[] =>
  messages.filter(({ method }) => method === 'notifications/message').map(({ params }) => params);

describe('the logger that forwards to clients', () => {
  let app: INestApplication;
  let url: URL;
  let session: HttpSession;
  const lines: unknown[][] = [];
  const keep =
    (method: string) =>
    (...words: unknown[]): void =>
      void lines.push([method, ...words]);
  const inner: LoggerService = {
    log: keep('log'),
    error: keep('error'),
    warn: keep('warn'),
    debug: keep('debug'),
    verbose: keep('verbose'),
    fatal: keep('fatal'),
  };

  beforeEach(async () => {
    const logger = new McpLoggerService(inner);
    ({ app, url } = await startApp({ providers: [Tools, StockService, Open], logger }));
    session = await HttpSession.begin(url);
    lines.length = 0;
  });
  afterEach(async () => {
    session.close();
    await app.close();
  });

  async function called(name: string): Promise<readonly Message[]> {
    await (await session.ask(1, 'logging/setLevel', { level: 'debug' })).answer();
    return (await session.posted({ id: 2, method: 'tools/call', params: { name } })).ended();
  }

  it('sends what is logged below a call: messages, without stacks or context', async () => {
    expect(paramsOf(await called('check'))).toEqual([
      { level: 'debug', logger: 'Stock', data: 'verbose' },
      { level: 'debug', logger: 'Stock', data: 'debug' },
      { level: 'info', logger: 'Stock', data: 'log' },
      { level: 'warning', logger: 'Stock', data: { left: 3 } },
      { level: 'error', logger: 'Stock', data: 'error' },
      { level: 'error', logger: 'Stock', data: 'failed' },
      { level: 'error', logger: 'Stock', data: 'Error: with a stack' },
      { level: 'critical', logger: 'Stock', data: 'fatal' },
      { level: 'error', logger: 'check', data: 'without a context' },
      { level: 'info', logger: 'check', data: 'static' },
    ]);
  });

  it('logs all messages as before', async () => {
    await called('check');
    expect(lines.map(([method]) => method)).toEqual(
      'verbose debug log warn error error error fatal error log'.split(' '),
    );
    expect(lines[1]).toEqual(['debug', 'debug', { token: 'of the log only' }, 'Stock']);
    expect(lines[4]).toEqual(['error', 'error', expect.stringContaining('    at '), 'Stock']);
  });

  it('sends nothing to a client that requested nothing', async () => {
    const reader = await new StatelessWire(url).posted(1, 'tools/call', { name: 'check' });
    expect(await reader.ended()).toHaveLength(1);
    expect(lines).toHaveLength(10);
  });

  it.each(['fail', 'fail_guarded'])(
    'masks the message of what %s throws, as in the result',
    async (name) => {
      const messages = await called(name);
      expect(paramsOf(messages)).toEqual([]);
      expect(JSON.stringify(messages)).toContain('An error occurred invoking');
      expect(JSON.stringify(messages)).not.toContain('secret');
      expect(lines.flat().map(String).join('\n')).toContain('the secret is 42');
    },
  );

  it('sends nothing that is logged after the call', async () => {
    const messages = await called('leave');
    const tools = app.get(Tools);
    tools.answered();
    await tools.afterwards;
    expect(paramsOf(messages)).toEqual([]);
    expect(lines).toEqual([['error', 'late', undefined, 'Job']]);
  });

  it('sends nothing from code that runs for no call', () => {
    app.get(StockService).check();
    expect(McpContext.current()).toBeUndefined();
    expect(lines).toHaveLength(10);
  });

  it('forwards levels', () => {
    const setLogLevels = jest.fn();
    new McpLoggerService({ ...inner, setLogLevels }).setLogLevels(['error']);
    expect(setLogLevels).toHaveBeenCalledWith(['error']);
  });
});
