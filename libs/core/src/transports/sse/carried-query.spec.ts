import { assert as hold, constantFrom, oneof, property, string } from 'fast-check';
import { carriedQuery } from './carried-query.js';

const HOSTILE = [
  'a',
  '=',
  '&',
  '%',
  '[',
  ']',
  'sessionId',
  '"',
  '<',
  '\\',
  '\n',
  '\r',
  ' ',
  '+',
  '#',
  '?',
];

describe('the query that is carried on to the messages', () => {
  it.each([
    ['/sse', ''],
    ['/sse?', ''],
    ['/sse?key=a%20b&x=%c3%A9', 'key=a%20b&x=%c3%A9'],
    ['/sse?key=1&key=2', 'key=1&key=2'],
    ['/sse?key[]=1&key[a]=2', 'key[]=1&key[a]=2'],
    ['/sse?flag&&x=', 'flag&x='],
    ['/sse?a=b?c=d', 'a=b?c=d'],
    ['/sse?sessionId=mine&key=1', 'key=1'],
    ['/sse?key=1&sessionId', 'key=1'],
    ['/sse?sessionId[]=a&sessionId[b]=c&s=1', 's=1'],
    ['/sse?%73essionId=mine&session%49d=x&key=1', 'key=1'],
    ['/sse?sessionIdOf=1', 'sessionIdOf=1'],
    ['/sse??sessionId=1', '?sessionId=1'],
    ['/sse?q="<>{}|\\^`', 'q=%22%3C%3E%7B%7D%7C%5C%5E%60'],
    ['/sse?q=100%&r=%zz', 'q=100%25&r=%25zz'],
    ['/sse?q=a\nevent: x\r', 'q=a%0Aevent:%20x%0D'],
    ['/sse?q=\u00e9', 'q=%E9'],
    ['/sse?key=1#sessionId=2', 'key=1'],
    ['http://host/sse?key=1', 'key=1'],
  ])('of %j is %j', (url, expected) => {
    expect(carriedQuery(url)).toBe(expected);
  });

  it('is refused when it is longer than 8,192 characters', () => {
    expect(carriedQuery(`/sse?${'x'.repeat(8_192)}`)).toHaveLength(8_192);
    expect(() => carriedQuery(`/sse?${'x'.repeat(8_193)}`)).toThrow(
      expect.objectContaining({ status: 414 }),
    );
  });

  it('means the same to every URL parser, and never has more than one line', () => {
    const texts = string({ unit: constantFrom(...HOSTILE) });
    hold(
      property(oneof(texts, string({ unit: 'binary-ascii' })), (query) => {
        const carried = carriedQuery(`/sse?${query}`);
        expect(carried).toMatch(/^[\w.~!$&'()*+,;=:@/?[\]%-]*$/);
        const [own = ''] = query.split('#', 1);
        const expected = [...new URLSearchParams(own.replace(/\?/g, '%3F'))].filter(
          ([name]) => name.split('[', 1)[0] !== 'sessionId',
        );
        expect([...new URLSearchParams(carried.replace(/\?/g, '%3F'))]).toEqual(expected);
      }),
    );
  });
});
