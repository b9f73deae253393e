import type { LoggerService } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import {
  JwtStrategy,
  NEEDY,
  NeedyTools,
  ScopedTools,
} from '../support/fixtures/http-needy.tools.js';
import { call, STATELESS, stdioHarness, textOf } from '../support/wire/stdio-wire.js';

describe.each([
  ['sessions', {}],
  ['2026-07-28', STATELESS],
])('what needs an HTTP request, over stdio (%s)', (_, meta) => {
  const start = stdioHarness();
  const lines: unknown[][] = [];
  const logger: LoggerService = {
    log: () => undefined,
    warn: () => undefined,
    error: (...line: unknown[]) => void lines.push(line),
  };
  const connect = async () => {
    const wire = await start({
      imports: [PassportModule],
      providers: [JwtStrategy, NeedyTools, ScopedTools],
      options: { logger },
    });
    await wire.initialize();
    lines.length = 0;
    return wire;
  };
  const callTool = async (name: string) =>
    (await connect()).request(name, 'tools/call', call(name, {}, meta));

  it.each(Object.entries(NEEDY))(
    'is denied, with the reason: %s, by %s',
    async (name, enhancer) => {
      const answer = await callTool(name);
      expect(answer).toMatchObject({ result: { isError: true } });
      const text = String(textOf(answer));
      expect(text).not.toContain('open');
      const [, named, reference] =
        /^An error occurred invoking '\w+': (.*) needs an HTTP request, and a call over stdio has none \(ref (\w{8})\)$/.exec(
          text,
        ) ?? [];
      expect(named).toBe(enhancer);
      expect(lines).toHaveLength(1);
      const [line] = lines[0] as [Error];
      expect(line.message).toMatch(/^MCP066 \w+Tools\.\w+\(\): /);
      expect(line.message).toContain(`${enhancer} needs an HTTP request`);
      expect(line.message).toContain(`(ref ${reference})`);
      expect(line.cause).toMatchObject({ name: 'TypeError' });
    },
  );

  it('hides a tool, with the reason in the log', async () => {
    expect(await callTool('hidden')).toMatchObject({ error: { code: -32602 } });
    expect(lines.map(([line]) => (line as Error).message)).toEqual([
      expect.stringMatching(
        /^MCP066 The visibility check of HidingGuard: the guard HidingGuard needs/,
      ),
    ]);
  });

  it.each(['own_failure', 'bug'])('is not blamed for other failures: %s', async (name) => {
    const answer = await callTool(name);
    expect(textOf(answer)).toMatch(
      new RegExp(`^An error occurred invoking '${name}' \\(ref \\w{8}\\)$`),
    );
    expect(lines.map(([line]) => (line as Error).message)).toEqual([
      expect.stringMatching(/^MCP110 NeedyTools\.\w+\(\) failed/),
    ]);
  });

  it('may deny for a reason of its own, which the client gets', async () => {
    const answer = await callTool('denied');
    expect(answer).toMatchObject({ result: { isError: true } });
    expect(textOf(answer)).toBe('Log in first');
    expect(lines).toEqual([]);
  });
});
