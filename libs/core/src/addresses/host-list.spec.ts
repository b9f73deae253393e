import { readAuthority } from './authority.js';
import { HostList, likelyHost, readHostPattern } from './host-list.js';
import { likelyOrigin, OriginList, readOrigin, readOriginPattern } from './origin-list.js';

const isServed = (entry: string, host: string): boolean => {
  const authority = readAuthority(host);
  return authority !== undefined && new HostList([entry]).has(authority);
};
const mayCall = (entry: string, text: string): boolean => {
  const origin = readOrigin(text);
  return origin !== undefined && new OriginList([entry]).has(origin);
};
const LABEL = 'x'.repeat(61);
const FULL = [LABEL, LABEL, LABEL, LABEL, 'abcde'].join('.');

describe('an entry of allowedHosts', () => {
  it.each([
    ['api.example.com', 'api.example.com', true],
    ['api.example.com', 'API.Example.COM', true],
    ['API.Example.COM', 'api.example.com', true],
    ['api.example.com', 'api.example.com.', true],
    ['api.example.com.', 'api.example.com', true],
    ['api.example.com.', 'api.example.com.:8443', true],
    ['api.example.com', 'api.example.com:8443', true],
    ['api.example.com', 'a.api.example.com', false],
    ['api.example.com', 'example.com', false],
    ['api.example.com:8443', 'api.example.com:8443', true],
    ['api.example.com:08443', 'api.example.com:8443', true],
    ['api.example.com:8443', 'api.example.com:08443', true],
    ['api.example.com:8443', 'api.example.com', false],
    ['api.example.com:8443', 'api.example.com:443', false],
    ['api.example.com:443', 'api.example.com', true],
    ['api.example.com:80', 'api.example.com', true],
    ['api.example.com:443', 'api.example.com:8443', false],
    ['*.example.com', 'api.example.com', true],
    ['*.example.com', 'API.example.com.:1', true],
    ['*.example.com', 'a.b.c.example.com', true],
    ['*.EXAMPLE.com.', 'a.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', '.example.com', false],
    ['*.example.com', 'notexample.com', false],
    ['*.example.com', 'example.com.evil', false],
    ['*.example.com:8443', 'a.example.com:8443', true],
    ['*.example.com:8443', 'a.example.com', false],
    ['*.com', 'example.com', true],
    ['localhost', 'localhost:1', true],
    ['bücher.example', 'xn--bcher-kva.example', true],
    ['xn--bcher-kva.example', 'XN--BCHER-KVA.example', true],
    ['*.bücher.example:8443', 'a.xn--bcher-kva.example:8443', true],
    ['[2001:db8::1]', '[2001:DB8:0:0:0:0:0:1]', true],
    ['[2001:0db8:0::1]:8443', '[2001:db8::1]:8443', true],
    ['[2001:db8::1]', '[2001:db8::2]', false],
    ['10.0.0.7', '10.0.0.7:5071', true],
    ['under_score.example', 'under_score.example', true],
    [FULL, FULL, true],
  ])('%s: a request for %s is served: %s', (entry, host, expected) => {
    expect(readHostPattern(entry)).toBeDefined();
    expect(isServed(entry, host)).toBe(expected);
  });

  it.each([
    ['.example.com', '*.example.com'],
    ['..example.com', '*.example.com'],
    ['https://api.example.com', 'api.example.com'],
    ['https://api.example.com:8443/mcp?x#y', 'api.example.com:8443'],
    ['api.example.com/mcp', 'api.example.com'],
    [' api.example.com ', 'api.example.com'],
    ['::1', '[::1]'],
    ['2001:db8::1', '[2001:db8::1]'],
    ['*', undefined],
    ['', undefined],
    ['*.', undefined],
    ['*.10.0.0.7', undefined],
    ['*.[::1]', undefined],
    [`*.${FULL}`, undefined],
    ['a.*.example.com', undefined],
    ['*api.example.com', undefined],
    ['**.example.com', undefined],
    ['*.*.example.com', undefined],
    ['a..example.com', undefined],
    ['user@api.example.com', undefined],
    ['api.example.com:0', undefined],
    ['api.example.com:65536', undefined],
    ['api.example.com:http', undefined],
    ['api.example.com, b.example.com', undefined],
    ['/^api/', undefined],
    ['[::1', undefined],
    ['[1:2]', undefined],
    ['a b', undefined],
    ['a\nb', undefined],
    ['bücher.example@evil.example', undefined],
    ['bücher／example', undefined],
  ])('%j matches no request; it should be %j', (entry, meant) => {
    expect(readHostPattern(entry)).toBeUndefined();
    expect(likelyHost(entry)).toBe(meant);
    expect(meant === undefined || readHostPattern(meant) !== undefined).toBe(true);
  });
});

describe('an entry of allowedOrigins', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com', true],
    ['https://App.example.com', 'https://app.example.com', true],
    ['HTTPS://app.example.com', 'https://app.example.com', true],
    ['https://app.example.com:443', 'https://app.example.com', true],
    ['http://app.example.com:80', 'http://app.example.com', true],
    ['https://app.example.com', 'https://app.example.com:8443', false],
    ['https://app.example.com:8443', 'https://app.example.com:8443', true],
    ['https://app.example.com', 'http://app.example.com', false],
    ['https://app.example.com.', 'https://app.example.com', true],
    ['https://*.example.com', 'https://a.example.com', true],
    ['https://*.example.com', 'https://a.b.example.com', true],
    ['https://*.example.com', 'https://example.com', false],
    ['https://*.example.com', 'https://notexample.com', false],
    ['https://*.example.com', 'http://a.example.com', false],
    ['https://*.example.com', 'https://a.example.com:8443', false],
    ['https://*.example.com:8443', 'https://a.example.com:8443', true],
    ['https://*.bücher.example', 'https://a.xn--bcher-kva.example', true],
    ['https://[2001:db8::1]:8443', 'https://[2001:db8::1]:8443', true],
    [`chrome-extension://${'a'.repeat(32)}`, `chrome-extension://${'a'.repeat(32)}`, true],
    [`chrome-extension://${'a'.repeat(32)}`, `chrome-extension://${'b'.repeat(32)}`, false],
    ['moz-extension://2e4b1c7a-0001-4c4e-9d2c-1f0a5c3b2a10', 'moz-extension://other', false],
    ['safari-web-extension://E5C6-A4', 'safari-web-extension://E5C6-A4', true],
    ['vscode-webview://1abc', 'vscode-webview://1abc', true],
    ['tauri://localhost', 'tauri://localhost', true],
    ['app://obsidian.md', 'app://obsidian.md', true],
    ['app://.', 'app://.', true],
    ['capacitor://localhost', 'capacitor://localhost', true],
    ['file://', 'file://', true],
    ['null', 'null', true],
    ['null', 'https://app.example.com', false],
    ['app://obsidian.md', 'null', false],
  ])('%s: a page at %s may call: %s', (entry, origin, expected) => {
    expect(readOriginPattern(entry)).toBeDefined();
    expect(mayCall(entry, origin)).toBe(expected);
  });

  it.each([
    ['https://app.example.com/', 'https://app.example.com'],
    ['https://app.example.com/path?x', 'https://app.example.com'],
    ['app.example.com', 'https://app.example.com'],
    ['localhost:3000', 'https://localhost:3000'],
    ['.example.com', 'https://*.example.com'],
    ['*.example.com', 'https://*.example.com'],
    ['https://.example.com', 'https://*.example.com'],
    [' https://app.example.com', 'https://app.example.com'],
    ['chrome-extension://abc/page.html', 'chrome-extension://abc'],
    ['*', undefined],
    ['', undefined],
    ['https://', undefined],
    ['https://*', undefined],
    ['https://*.10.0.0.7', undefined],
    ['chrome-extension://*', undefined],
    ['https://user@app.example.com', undefined],
    ['https://app.example.com:99999', undefined],
    ['https://a.example.com https://b.example.com', undefined],
    ['://app.example.com', undefined],
    ['app://ü', undefined],
  ])('%j matches no request; it should be %j', (entry, meant) => {
    expect(readOriginPattern(entry)).toBeUndefined();
    expect(likelyOrigin(entry)).toBe(meant);
    expect(meant === undefined || readOriginPattern(meant) !== undefined).toBe(true);
  });
});
