import { iconProblems } from './icon-check.js';
import { metaProblems } from './meta-check.js';
import { textProblems } from './text-check.js';

const icon = (more: object = {}) => [{ src: 'https://example.com/i.png', ...more }];

describe('icons', () => {
  it.each([
    icon(),
    icon({ mimeType: 'image/svg+xml', sizes: ['48x48', 'any'], theme: 'dark' }),
    icon({ src: 'data:image/png;base64,iVBORw0KGgo=' }),
    [],
  ])('may be %j', (...icons) => {
    expect(iconProblems(icons)).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['[0].src', icon({ src: 'http://example.com/i.png' })],
    ['[0].src', icon({ src: 'javascript:alert(1)' })],
    ['[0].src', icon({ src: 'file:///etc/passwd' })],
    ['[0].src', icon({ src: '//example.com/i.png' })],
    ['[0].src', icon({ src: 'https://user:secret@example.com/i.png' })],
    ['[0].src', icon({ src: 'data:text/html;base64,PGI+' })],
    ['[0].src', icon({ src: 'data:image/png,raw' })],
    ['[0].src', icon({ src: 'data:image/png;base64,a' })],
    ['[0].src', [{}]],
    ['[1].mimeType', [...icon(), ...icon({ mimeType: 'text/html' })]],
    ['[0].sizes', icon({ sizes: '48x48' })],
    ['[0].sizes', icon({ sizes: ['48'] })],
    ['[0].sizes', icon({ sizes: ['0x48'] })],
    ['[0].theme', icon({ theme: 'blue' })],
    ['[0].onload', icon({ onload: 'x' })],
    ['[0] must be an icon', ['https://example.com/i.png']],
    [' must be a list', 'https://example.com/i.png'],
  ])('are refused at %s: %j', (path, icons) => {
    const problems = iconProblems(icons).map(({ path: at, words }) => `${at} ${words}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(path);
  });
});

describe('_meta', () => {
  it.each([
    { team: 'a' },
    { 'com.example/team': { list: [1, null, true] } },
    { 'com.example.mcp/a.b_c-d': 1 },
    { 'com.example/': 1 },
  ])('may be %j', (meta) => {
    expect(metaProblems(meta)).toEqual([]);
  });

  it.each([
    ['io.modelcontextprotocol/team', 'reserved'],
    ['dev.mcp/team', 'reserved'],
    ['com.mcp.tools/team', 'reserved'],
    ['org.modelcontextprotocol.api/team', 'reserved'],
    ['1com.example/team', 'prefix'],
    ['com..example/team', 'prefix'],
    ['com.example-/team', 'prefix'],
    ['/team', 'prefix'],
    ['a/b/c', 'name'],
    ['-team', 'name'],
    ['team ', 'name'],
    ['', 'name'],
  ])('may not have the key %j (%s)', (key, words) => {
    expect(metaProblems({ [key]: 1 })).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    [undefined],
    [() => 1],
    [1n],
    [Number.NaN],
    [new Date()],
    [new Map()],
    [{ deep: [Symbol('x')] }],
  ])('may not have the value %p', (value) => {
    expect(metaProblems({ key: value })).toEqual(['["key"]: its value has no JSON']);
  });

  it('may only be an object, without circular references', () => {
    expect(metaProblems([])).toHaveLength(1);
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(metaProblems({ circle })).toHaveLength(1);
  });
});

describe('texts', () => {
  it.each([
    'Plain text,\n\twith lines',
    'Grüße, 你好, שלום, العربية, हिन्दी',
    'family 👨‍👩‍👧 and 🏳️‍🌈',
    'نمی‌خواهم',
    'क्‍ष',
  ])('may be %j', (text) => {
    expect(textProblems(text)).toEqual([]);
  });

  it.each([
    '\u202e',
    '\u202a',
    '\u2066',
    '\u200b',
    '\u200e',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u061c',
    '\u3164',
    '\u0000',
    '\u001b',
    '\u{e0041}',
    '\u200d',
    '\u2028',
  ])('may not have %j', (hidden) => {
    const code = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    expect(textProblems(`Read ${hidden}only`)).toEqual([
      `has an invisible character (U+${code} at 6)`,
    ]);
    expect(textProblems(`Read${hidden}only`)).toHaveLength(1);
  });

  it('must be strings', () => {
    expect(textProblems(1)).toEqual(['must be a text']);
  });
});
