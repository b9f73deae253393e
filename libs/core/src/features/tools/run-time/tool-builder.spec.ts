import { type } from 'arktype';
import { IsInt } from 'class-validator';
import * as v from 'valibot';
import { z } from 'zod';
import type { McpContext } from '../../../execution/context/mcp-context.js';
import type { JsonObject } from '../../../interfaces/json.js';
import type { NoArguments } from '../../../primitives/run-time/arguments-of.js';
import type { ToolDraft } from './tool-draft.js';
import { ToolBuilder } from './tool-builder.js';

class Order {
  @IsInt()
  count!: number;

  total(): number {
    return this.count;
  }
}

type Exact<A> = (value: A) => A;
type Same<A, B> = Exact<A> extends Exact<B> ? true : false;

/** Compiles only when the handler's arguments have exactly that type. The lint compiles this file. */
function holds<Claim extends true>(claim: Claim): Claim {
  return claim;
}

describe('the builder of tools', () => {
  const done: ToolDraft[] = [];
  const begin = () =>
    new ToolBuilder({ name: 'x', options: {}, decorators: [] }, (draft) => done.push(draft));
  beforeEach(() => done.splice(0));

  it('passes a handler the output of the schema', () => {
    begin().handle((args, ctx) => [
      holds<Same<typeof args, NoArguments>>(true),
      holds<Same<typeof ctx, McpContext>>(true),
    ]);
    begin()
      .input(Order)
      .handle((order) => [holds<Same<typeof order, Order>>(true), order.total()]);
    begin()
      .input(z.object({ a: z.string().transform(Number), b: z.boolean().optional() }))
      .handle((args) => holds<Same<typeof args, { a: number; b?: boolean | undefined }>>(true));
    begin()
      .input(type({ a: 'string', 'b?': 'number' }))
      .handle((args) => holds<Same<typeof args, { a: string; b?: number }>>(true));
    begin()
      .input({ schema: v.object({ a: v.string() }), jsonSchema: { type: 'object' } })
      .handle((args) => holds<Same<typeof args, { a: string }>>(true));
    begin()
      .input({ type: 'object', properties: { a: { type: 'string' } } })
      .handle((args) => holds<Same<typeof args, JsonObject>>(true));
    begin()
      .input(Order)
      .title('Title')
      .options({ readOnly: true })
      .decorate()
      .handle((order) => holds<Same<typeof order, Order>>(true));
    expect(done).toHaveLength(7);
  });

  it('does not change when another tool starts from it', () => {
    const common = begin().description('Common').options({ timeout: '1s' });
    common
      .title('One')
      .options({ readOnly: true })
      .handle(() => 1);
    common.handle(() => 2);
    expect(done).toMatchObject([
      { title: 'One', description: 'Common', options: { timeout: '1s', readOnly: true } },
      { description: 'Common', options: { timeout: '1s' } },
    ]);
    expect(done[1]).not.toHaveProperty('title');
    expect(done[1]?.options).not.toHaveProperty('readOnly');
  });
});
