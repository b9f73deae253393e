import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const CORE = 'libs/core/src';
const read = (file: string): string => readFileSync(file, 'utf8');
const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, match = '']) => match)),
];

const documents = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file))
  .concat('README.md', 'CONTRIBUTING.md', 'CHANGELOG.md');

describe('the reference', () => {
  it('has every code of the messages, and no other', () => {
    const messages = readdirSync(`${CORE}/messages`).map((file) =>
      read(`${CORE}/messages/${file}`),
    );
    expect(found(read('docs/reference/diagnostics.md'), /^\| (MCP\d{3})/gm).toSorted()).toEqual(
      found(messages.join('\n'), /\b(MCP\d{3}) /g).toSorted(),
    );
  });

  it('has every option', () => {
    const source = read(`${CORE}/interfaces/options/mcp-module-options.interface.ts`);
    const table = read('docs/reference/options.md');
    const names = found(source, /^ {2}(\w+)\??:/gm);
    expect(names).toEqual(expect.arrayContaining(['allowedHosts', 'inFlight', 'keepAlive']));
    for (const name of names)
      expect(table).toMatch(new RegExp(`^\\| \`(?:[\\w.]+\\.)?${name}`, 'm'));
  });

  it('has every option of a tool', () => {
    const source = read(`${CORE}/features/tools/definition/tool-options.interface.ts`);
    const [options = ''] = source.split('export type McpToolTypeOptions');
    for (const name of found(options, /^ {2}(\w+)\?:/gm))
      expect(read('docs/reference/options.md')).toContain(`| \`${name}\``);
  });

  it('has every rule that a schema can express', () => {
    const rules = found(
      read(`${CORE}/schema/class-validator/rule-keywords.ts`),
      /^ {2}(\w+): \(/gm,
    );
    expect(rules).toContain('isDivisibleBy');
    for (const rule of rules) expect(read('docs/reference/parameters.md')).toContain(`\`${rule}\``);
  });
});

describe('the documentation', () => {
  it('lists every decision, by its number and its title', () => {
    const files = readdirSync('docs/adr').toSorted();
    const rows = files.map(
      (file) => `- [${read(`docs/adr/${file}`).split('\n')[0]?.slice(2)}](adr/${file})`,
    );
    expect(read('docs/README.md').match(/^- \[\d{4} .*/gm)).toEqual(rows);
    for (const [index, row] of rows.entries())
      expect(row).toMatch(new RegExp(`^- .${String(index + 1).padStart(4, '0')} `));
  });

  it.each(documents)('says everything once: %s', (document) => {
    const blocks = read(document).split('\n\n');
    const repeated = blocks.flatMap((block) => {
      const rows = block.split('\n').filter((line) => /^(\||- ).{40}/.test(line));
      return rows.filter((row, index) => rows.indexOf(row) !== index);
    });
    expect(repeated).toEqual([]);
  });
});

describe('the links of the documentation', () => {
  const links = documents.flatMap((document) =>
    found(read(document), /\]\(((?!https?:)[^)]+)\)/g).map((link) => [document, link] as const),
  );

  it.each(links)('%s: %s leads to an existing target', (document, link) => {
    const [path = '', anchor = ''] = link.split('#');
    const target = resolve(dirname(document), path);
    expect(existsSync(target)).toBe(true);
    expect(anchor === '' ? [''] : anchorsOf(target)).toContain(anchor);
  });
});

function anchorsOf(file: string): string[] {
  return found(read(file), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );
}
