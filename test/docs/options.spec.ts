import { readFileSync } from 'node:fs';
import { MODULE_OPTIONS } from '../../libs/core/src/options/module-options.table.js';

const INTERFACES = 'libs/core/src/interfaces';
const MEBIBYTE = 1024 * 1024;

/** Default texts that are not values. */
const IN_WORDS: Readonly<Record<string, { readonly docs: string; readonly docstring: string }>> = {
  name: { docs: 'none, required', docstring: '' },
  version: { docs: 'none, required', docstring: '' },
  principal: { docs: 'from `request.user`', docstring: '`iss`, `client_id` and the first of' },
  backplane: { docs: 'in memory', docstring: 'an in-memory backplane' },
  include: { docs: 'none', docstring: 'every class that belongs to no other server' },
  pageSize: { docs: 'all, in one page', docstring: 'all, in one page' },
  helpPage: {
    docs: 'true, unless `NODE_ENV` is `production`',
    docstring: 'true, unless `NODE_ENV` is `production`',
  },
  'limits.bufferedBytes': {
    docs: '64 MiB, or `limits.bodyBytes` if that is more',
    docstring: '64 MiB, or `bodyBytes` if that is more',
  },
  'limits.bufferedBytesPerAddress': {
    docs: '16 MiB, or `limits.bodyBytes` if that is more',
    docstring: '16 MiB, or `bodyBytes` if that is more',
  },
};

/** As a person writes it, without code marks. */
function written(value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? `'${value}'` : String(value);
  return value >= MEBIBYTE && value % MEBIBYTE === 0
    ? `${value / MEBIBYTE} MiB`
    : value.toLocaleString('en-US');
}

function inDocs(path: string, standard: unknown): string {
  const words = IN_WORDS[path]?.docs;
  if (words !== undefined) return words;
  if (standard === undefined) return 'none';
  if (Array.isArray(standard)) return '[]';
  return written(standard);
}

function inDocstring(path: string, standard: unknown): string {
  const words = IN_WORDS[path]?.docstring;
  if (words !== undefined) return words;
  return standard === undefined || Array.isArray(standard) ? 'none' : written(standard);
}

const plain = (text: string): string => text.replace(/`/g, '').trim();

/** The default of each option, from its row in the reference. */
const [table = ''] = readFileSync('docs/reference/options.md', 'utf8').split('\n## ');
const rows = new Map(
  [...table.matchAll(/^\| `([\w.]+)` +\| ([^|]+) \|/gm)].map(
    ([, path = '', standard = '']) => [path, standard] as const,
  ),
);

/** The docstring of an option, joined to one line. The owner is the interface, or the member that contains it. */
function docstring(path: string): string {
  const [group, name] = [path.split('.').slice(0, -1).join('.'), path.split('.').at(-1) ?? ''];
  const source = readFileSync(
    `${INTERFACES}/${group === 'cache' ? 'mcp-cache-options' : 'options/mcp-module-options'}.interface.ts`,
    'utf8',
  );
  const owner =
    {
      '': path === 'server' ? 'McpServerOptions' : 'McpModuleOptions',
      transports: 'McpModuleOptions',
      'transports.sse': 'SseTransportOptions',
      'transports.streamableHttp': 'StreamableHttpTransportOptions',
      limits: 'McpLimits',
      cache: 'McpCacheOptions',
    }[group] ?? '';
  const [, body = ''] = source.split(`export interface ${owner} {`);
  const indent = group === 'transports' ? 4 : 2;
  const lines = body.slice(0, body.indexOf('\n}')).split('\n');
  const at = lines.findIndex((line) => new RegExp(`^ {${indent}}${name}\\??:`).test(line));
  expect(at).toBeGreaterThan(0);
  const from = lines.slice(0, at).findLastIndex((line) => line.includes('/**'));
  return lines
    .slice(from, at)
    .map((line) => line.replace(/^ *(?:\/\*\*|\*\/|\*)|\*\/ *$/g, '').trim())
    .join(' ');
}

describe('the reference of options', () => {
  it('has the rows of the table, and no other', () => {
    expect([...rows.keys()].toSorted()).toEqual(Object.keys(MODULE_OPTIONS).toSorted());
  });

  it.each(Object.entries(MODULE_OPTIONS))('has the default of %s', (path, row) => {
    expect(plain(rows.get(path) ?? '')).toBe(plain(inDocs(path, row.default)));
  });
});

describe('the docstrings of options', () => {
  it.each(Object.entries(MODULE_OPTIONS))('have the default of %s', (path, row) => {
    const text = docstring(path);
    const expected = plain(inDocstring(path, row.default));
    // An option without a default need not say so.
    const [, said = 'none'] = /Default: (.*)$/.exec(text) ?? [];
    expect(text).not.toBe('');
    expect(plain(said).slice(0, expected.length)).toBe(expected);
  });
});
