import type { ExecutionContext, Type } from '@nestjs/common';
import { codeOf, loaderOf } from '../support/fixtures/markdown-code.js';
import { call, stdioHarness, textOf } from '../support/wire/stdio-wire.js';

describe('the guide to stdio', () => {
  const load = loaderOf(codeOf('docs/guides/stdio.md'));
  const start = stdioHarness();

  it('serves the application that it shows', async () => {
    const wire = await start({ module: load('src/app.module.ts').AppModule as Type });
    await wire.initialize();
    expect(textOf(await wire.request(1, 'tools/call', call('echo', { input: 'Hi' })))).toBe('Hi');
  });

  it.each([
    ['admin', true],
    ['guest', false],
  ])('has a guard that behaves as documented without a request, for %s', (OWNER, verdict) => {
    jest.replaceProperty(process, 'env', { ...process.env, OWNER });
    const { OwnerGuard } = load('src/owner.guard.ts') as {
      OwnerGuard: Type<{ canActivate(context: ExecutionContext): boolean }>;
    };
    const context = { getType: () => 'mcp' } as unknown as ExecutionContext;
    expect(new OwnerGuard().canActivate(context)).toBe(verdict);
    jest.restoreAllMocks();
  });
});
