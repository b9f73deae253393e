import { readFileSync } from 'node:fs';

const GUIDE = readFileSync('docs/guides/add-to-an-existing-application.md', 'utf8');
const BLOCKS = [...GUIDE.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)].map(
  ([, path = '', code = '']) => ({ path, code }),
);

describe('the guide "Add MCP to an existing application"', () => {
  it('shows code of the example only', () => {
    expect(BLOCKS.length).toBeGreaterThanOrEqual(6);
    expect(BLOCKS.length).toBe(GUIDE.match(/```\w/g)?.length);
  });

  it.each(BLOCKS)('shows $path as it is', ({ path, code }) => {
    expect(code).toBe(readFileSync(path, 'utf8'));
  });
});
