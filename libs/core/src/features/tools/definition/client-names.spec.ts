import type { ToolDefinition } from '../../../protocol/codecs/revision-codec.js';
import { nameProblems } from './client-names.js';

const problems = (name: string, properties: object = {}, server = 'shop'): string[] => {
  const inputSchema = { type: 'object', properties } as ToolDefinition['inputSchema'];
  return nameProblems('Shop.find()', { name, inputSchema }, server);
};
const long = (length: number): string => 'x'.repeat(length);

describe('the names of a tool', () => {
  it.each([
    ['find_order', 'shop'],
    ['Find-Order_2', 'shop'],
    ['_x', 'shop'],
    [long(53), 'shop'],
    [long(50), 'seven-s'],
  ])('are accepted: %s of %s', (name, server) => {
    expect(problems(name, { 'a.b-c_1': {}, [long(64)]: {} }, server)).toEqual([]);
  });

  it.each([
    ['find.order', 'shop', ['OpenAI and Anthropic accept A-Z a-z 0-9 _ and - only']],
    ['2find', 'shop', ['Gemini requires a letter or _ first']],
    [long(65), 'shop', ['OpenAI, Gemini and Amazon Bedrock accept 64 characters, not 65']],
    [
      long(54),
      'shop',
      ['Claude Code puts mcp__shop__ in front, and accepts 64 characters, not 65'],
    ],
    [
      long(56),
      'shop',
      [
        'Claude Code puts mcp__shop__ in front, and accepts 64 characters, not 67',
        'Cursor puts shop: in front, and accepts 60 characters, not 61',
      ],
    ],
  ])('are reported: %s of %s', (name, server, words) => {
    expect(problems(name, {}, server)).toEqual([
      `MCP019 Shop.find(): some clients refuse the tool name "${name}": ${words.join('; ')}. Set another one: @McpTool({ name: '…' }), or registry.tool('…').`,
    ]);
  });

  it('are reported for an argument at any depth, in one text', () => {
    const properties = {
      'user name': {},
      list: { type: 'array', items: { properties: { größe: {}, 'user name': {} } } },
      [long(65)]: {},
    };
    expect(problems('find', properties)).toEqual([
      expect.stringContaining(
        `MCP019 Shop.find(): Anthropic refuses the argument names "user name", "${long(65)}", "gr??e", and`,
      ),
    ]);
  });

  it('are listed up to a limit', () => {
    const properties = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`a ${n}`, {}]));
    const [text = ''] = problems('find', properties);
    expect(text).toContain('"a 4" and 495 more');
    expect(text.length).toBeLessThan(400);
  });
});
