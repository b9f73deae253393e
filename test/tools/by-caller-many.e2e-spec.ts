import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { McpRegistry, McpVisibility } from '@nestmcp/core';
import { ToolLists } from '../../libs/core/src/features/tools/catalog/tool-lists.js';
import type { KeyedRequest } from '../support/fixtures/pipeline/guards.js';
import { harness } from '../support/fixtures/pipeline/harness.js';
import { namesFor } from '../support/fixtures/visibility.js';

const numbers = new WeakMap<object, number>();
const Numbered =
  (n: number): MethodDecorator =>
  (_target, _name, { value }) =>
    void numbers.set(value as object, n);

@McpVisibility()
@Injectable()
class DividesGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<KeyedRequest>();
    return (numbers.get(context.getHandler()) ?? 0) % Number(headers['x-number']) === 0;
  }
}

describe('1,000 tools and 50 callers with different rights', () => {
  const { start, connect } = harness('express');
  const TOOLS = 1000;
  const CALLERS = 50;
  /** Tool n is for callers whose number divides it. */
  const seenBy = (caller: number): string[] =>
    Array.from({ length: TOOLS }, (_, n) => n)
      .filter((n) => n % caller === 0)
      .map((n) => `tool_${n}`);

  it('are listed according to the rights of each caller, can be called by it, and are serialized once', async () => {
    const { app } = await start({ providers: [DividesGuard] });
    const registry = app.get(McpRegistry);
    registry.edit((tools) => {
      for (let n = 0; n < TOOLS; n++)
        tools
          .tool(`tool_${n}`)
          .decorate(UseGuards(DividesGuard), Numbered(n))
          .handle(() => n);
    });
    const lists = app.get(ToolLists);
    const callers = await Promise.all(
      Array.from({ length: CALLERS }, async (_, index) => ({
        number: index + 1,
        client: await connect({ 'x-number': String(index + 1) }),
      })),
    );
    for (const { client, number } of callers)
      expect(await namesFor(client, 'first')).toEqual(seenBy(number));
    expect(lists.made).toEqual({ entries: TOOLS, lists: CALLERS });
    await Promise.all(
      callers.map(async ({ client, number }) => {
        expect(await namesFor(client, 'again')).toEqual(seenBy(number));
        const hidden = `tool_${number + 1}`;
        expect(await client.call(`tool_${number}`)).toMatchObject({ text: String(number) });
        if (number > 1)
          expect(await client.call(hidden)).toEqual({
            code: -32602,
            text: `Unknown tool: '${hidden}'`,
            isError: false,
          });
      }),
    );
    expect(lists.made).toEqual({ entries: TOOLS, lists: CALLERS });
    registry.remove('tool_0');
    await namesFor((callers[0] as (typeof callers)[0]).client, 'third');
    expect(lists.made).toEqual({ entries: TOOLS, lists: CALLERS + 1 });
  });
});
