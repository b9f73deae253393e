import { endpointUrl } from './endpoint-url.js';

/** Where a client that asked for `requested` finds the endpoint. */
const found = (sse: string, messages: string, requested: string, behind = ''): string => {
  const relative = endpointUrl(sse, messages, requested, 'id');
  return new URL(relative, `http://host${behind}${requested}`).href.replace('http://host', '');
};

describe('the URL of the message endpoint', () => {
  it.each([
    ['/sse', '/messages', '/sse', '/messages'],
    ['/sse', '/messages', '/sse/', '/messages'],
    ['/a/b/stream', '/c/in', '/a/b/stream', '/c/in'],
    ['/t/:id/sse', '/t/:id/messages', '/t/blue/sse', '/t/blue/messages'],
    ['/t/:id/sse', '/t/:id/messages', '/t/caf%c3%a9/sse/', '/t/caf%c3%a9/messages'],
    ['/t/:id/sse', '/t/:id/messages', '/t/a%2Fb/sse', '/t/a%2Fb/messages'],
    ['/a/:id/sse', '/b/:id/in', '/a/x%20y/sse', '/b/x%20y/in'],
    ['/:a/:b/sse', '/in/:b/:a', '/1/2/sse', '/in/2/1'],
    ['/:id', '/:id/in', '/urn:isbn', '/urn:isbn/in'],
    ['/:id', '/:id/in', '/javascript:x', '/javascript:x/in'],
  ])('of a stream at %s is %s: a client of %s finds %s', (sse, messages, requested, expected) => {
    expect(found(sse, messages, requested)).toBe(`${expected}?sessionId=id`);
    expect(found(sse, messages, requested, '/behind/proxy')).toBe(
      `/behind/proxy${expected}?sessionId=id`,
    );
  });
});
