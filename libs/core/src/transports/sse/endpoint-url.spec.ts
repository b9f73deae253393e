import { safePath } from '../../addresses/safe-path.js';
import { absoluteEndpoint, endsWith, relativeEndpoint } from './endpoint-url.js';

const STREAMS = [
  ['/sse', '/messages', '/sse', '/messages'],
  ['/sse', '/messages', '/sse/', '/messages'],
  ['/sse', '/messages', '/SSE', '/messages'],
  ['/a/b/stream', '/c/in', '/a/b/stream', '/c/in'],
  ['/t/:id/sse', '/t/:id/messages', '/t/blue/sse', '/t/blue/messages'],
  ['/t/:id/sse', '/t/:id/messages', '/t/caf%c3%a9/sse/', '/t/caf%c3%a9/messages'],
  ['/t/:id/sse', '/t/:id/messages', '/t/a%2Fb/sse', '/t/a%2Fb/messages'],
  ['/a/:id/sse', '/b/:id/in', '/a/x%20y/sse', '/b/x%20y/in'],
  ['/:a/:b/sse', '/in/:b/:a', '/1/2/sse', '/in/2/1'],
  ['/:id', '/:id/in', '/urn:isbn', '/urn:isbn/in'],
  ['/:id', '/:id/in', '/javascript:x', '/javascript:x/in'],
] as const;

describe('the relative URL of the message endpoint', () => {
  it.each(STREAMS)(
    'of a stream at %s is %s: a client of %s finds %s',
    (stream, messages, requested, expected) => {
      const relative = relativeEndpoint({ stream, messages }, requested);
      const found = (behind: string) =>
        new URL(relative, `http://host${behind}${requested}`).href.replace('http://host', '');
      expect(found('')).toBe(expected);
      expect(found('/behind/proxy')).toBe(`/behind/proxy${expected}`);
    },
  );
});

describe('the URL of the message endpoint from the root', () => {
  it.each(STREAMS)(
    'of a stream at %s is %s: a client of %s finds %s',
    (stream, messages, requested, expected) => {
      const paths = { stream, messages };
      expect(absoluteEndpoint(paths, requested, '')).toBe(expected);
      expect(absoluteEndpoint(paths, requested, '/gateway')).toBe(`/gateway${expected}`);
      expect(absoluteEndpoint(paths, `/mounted/here${requested}`, '')).toBe(
        `/mounted/here${expected}`,
      );
    },
  );

  it.each(['//evil.example', '/..', '/%2e%2E/a', '/a%0a"b', '/a/.', `/${'x'.repeat(600)}`])(
    'ignores a prefix that leads elsewhere: %.30s',
    (mount) => {
      const paths = { stream: '/sse', messages: '/messages' };
      const endpoint = absoluteEndpoint(paths, `${mount}/sse`, '');
      expect(endpoint).toBe('/messages');
    },
  );
});

describe('a path prefix', () => {
  it.each([
    ['/a', '/a'],
    ['/a/', '/a'],
    ['/a/b-c_d.e~f', '/a/b-c_d.e~f'],
    ['/caf%C3%A9', '/caf%C3%A9'],
    ['', undefined],
    ['/', undefined],
    ['a', undefined],
    ['//a', undefined],
    ['/a//b', undefined],
    ['/a/../b', undefined],
    ['/%2e%2e/b', undefined],
    ['/.', undefined],
    ['/a?b', undefined],
    ['/a#b', undefined],
    ['/a\\b', undefined],
    ['/a\nb', undefined],
    ['http://a', undefined],
  ])('of %j is %j', (path, expected) => {
    expect(safePath(path)).toBe(expected);
  });

  it('is distinguished from a URL that was rewritten', () => {
    expect(endsWith('/a/SSE/', '/sse')).toBe(true);
    expect(endsWith('/a/t/blue/sse', '/t/:id/sse')).toBe(true);
    expect(endsWith('/a/sse/b', '/sse')).toBe(false);
    expect(endsWith('/sse', '/api/sse')).toBe(false);
  });
});
