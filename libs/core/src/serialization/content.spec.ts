import { audio, embedded, image, resourceLink, text } from './content.js';

const BYTES = new Uint8Array([0, 1, 2, 255]);

describe('the helpers for content', () => {
  it.each([
    ['a text', text('a'), { type: 'text', text: 'a' }],
    [
      'an image of bytes',
      image(BYTES, 'image/png'),
      { type: 'image', data: 'AAEC/w==', mimeType: 'image/png' },
    ],
    [
      'an image of base64',
      image('AAEC/w==', 'image/svg+xml'),
      { type: 'image', data: 'AAEC/w==', mimeType: 'image/svg+xml' },
    ],
    [
      'audio of a view of bytes, and of no more',
      audio(BYTES.subarray(1, 3), 'audio/L16; rate=44100'),
      { type: 'audio', data: 'AQI=', mimeType: 'audio/L16; rate=44100' },
    ],
    [
      'a link, named by its path',
      resourceLink('https://example.com/a/my%20file.pdf?x=1'),
      {
        type: 'resource_link',
        uri: 'https://example.com/a/my%20file.pdf?x=1',
        name: 'my file.pdf',
      },
    ],
    [
      'a link without a path, named by itself',
      resourceLink('https://example.com/'),
      { type: 'resource_link', uri: 'https://example.com/', name: 'https://example.com/' },
    ],
    [
      'a link with everything',
      resourceLink('urn:isbn:1', { name: 'book', title: 'Book', mimeType: 'text/html', size: 3 }),
      {
        type: 'resource_link',
        uri: 'urn:isbn:1',
        name: 'book',
        title: 'Book',
        mimeType: 'text/html',
        size: 3,
      },
    ],
    [
      'embedded text',
      embedded('note:1', 'a'),
      { type: 'resource', resource: { uri: 'note:1', mimeType: 'text/plain', text: 'a' } },
    ],
    [
      'embedded bytes',
      embedded('file:///a', BYTES),
      {
        type: 'resource',
        resource: { uri: 'file:///a', mimeType: 'application/octet-stream', blob: 'AAEC/w==' },
      },
    ],
  ])('make %s', (_, block, expected) => {
    expect(block).toEqual(expected);
  });

  it.each([
    ['a data: URL', () => image('data:image/png;base64,AA==', 'image/png'), 'no data: URL'],
    ['base64url', () => image('AA-_', 'image/png'), 'image() takes bytes, or their base64'],
    ['truncated base64', () => audio('AAA', 'audio/wav'), 'audio() takes bytes'],
    ['an image of another type', () => image(BYTES, 'audio/wav'), `such as 'image/png'`],
    ['no MIME type', () => image(BYTES, 'png'), 'not "png"'],
    ['a MIME type with two lines', () => embedded('a:b', 'x', 'a/b\r\nc: d'), 'MIME type'],
    ['a relative URI', () => resourceLink('/a/b'), 'not "/a/b"'],
    ['an empty URI', () => embedded('', 'x'), 'absolute URI'],
    ['a link with an invalid MIME type', () => resourceLink('a:b', { mimeType: 'x' }), 'MIME'],
    [
      'text that is not a string',
      () => text(JSON.parse('1') as string),
      'not a value of type number',
    ],
  ])('refuse %s', (_, make, words) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(words);
  });
});
