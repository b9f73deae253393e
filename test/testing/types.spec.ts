import { complaintsAbout } from '../support/fixtures/markdown-code.js';

const TOOLS = `
import { McpContext, McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';

class Line { article!: string; price!: bigint }
class Order {
  id!: string;
  due?: Date;
  lines: Line[] = [];
  total(): number { return 0; }
}

@McpToolType()
class Tools {
  readonly label = 'tools';
  @McpTool() echo(@Param('input') input: string, ctx: McpContext): string { return input + ctx.tool.name; }
  @McpTool() place(@Param() order: Order, ctx: McpContext): string { return order.id + ctx.tool.name; }
  @McpTool() mine(ctx: McpContext, @Param('limit') limit: number): string { return ctx.tool.name + String(limit); }
  @McpTool() tags(@Param('tags') tags: string[]): string { return tags.join(); }
  @McpTool() none(): string { return ''; }
}

declare const client: McpTestClient;
`;

const ALLOWED = [
  `client.callTool(Tools, 'echo', ['hi'])`,
  `client.callTool(Tools, 'echo', { input: 'hi' })`,
  `client.callTool(Tools, 'echo')`,
  `client.callTool(Tools, 'place', { id: '1', lines: [{ article: 'a', price: '9' }] })`,
  `client.callTool(Tools, 'place', [{ id: '1', due: new Date(0), lines: [] }])`,
  `client.callTool(Tools, 'place', { id: '1', due: '2026-01-31T00:00:00Z', lines: [] })`,
  `client.callTool(Tools, 'mine', [undefined, 3])`,
  `client.callTool(Tools, 'mine', { limit: 3 })`,
  `client.callTool(Tools, 'tags', [['a', 'b']])`,
  `client.callTool(Tools, 'tags', { tags: ['a'] })`,
  `client.callTool(Tools, 'none', {}, { onProgress: () => undefined })`,
  `client.callTool('echo', { input: 1 })`,
];

const FORBIDDEN = [
  `client.callTool(Tools, 'ehco', ['hi'])`,
  `client.callTool(Tools, 'label')`,
  `client.callTool(Tools, 'echo', [1])`,
  `client.callTool(Tools, 'place', { id: 1, lines: [] })`,
  `client.callTool(Tools, 'place', { id: '1' })`,
  `client.callTool(Tools, 'place', { id: '1', lines: [], colour: 'red' })`,
  `client.callTool(Tools, 'place', [{ id: '1', lines: [{ article: 'a' }] }])`,
  `client.callTool(Tools, 'mine', [undefined, '3'])`,
  `client.callTool(Tools, 'tags', ['a', 'b'])`,
];

/** All in one file, since each compilation takes time. */
const complaints = complaintsAbout([
  {
    path: 'calls.ts',
    code: `${TOOLS}${[...ALLOWED, ...FORBIDDEN].map((call) => `void ${call};\n`).join('')}`,
  },
]);
const first = TOOLS.split('\n').length;
const hasComplaint = (line: number): boolean =>
  complaints.some((complaint) => complaint.startsWith(`calls.ts:${line}:`));

describe('the types of callTool()', () => {
  it('are used in a file that is otherwise valid', () => {
    expect(complaints).toHaveLength(FORBIDDEN.length);
  });

  it.each(ALLOWED.map((call, index) => [call, first + index]))('allow %s', (_, line) => {
    expect(hasComplaint(line)).toBe(false);
  });

  it.each(FORBIDDEN.map((call, index) => [call, first + ALLOWED.length + index]))(
    'forbid %s',
    (_, line) => {
      expect(hasComplaint(line)).toBe(true);
    },
  );
});
