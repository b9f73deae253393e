import { type Line, LineReader, TOO_LONG } from './line-reader.js';

const LINES = ['{"a":"ö – 😀"}', '', '  \t', '[1,\t2]\r', '"\u2028"', 'x'.repeat(40), 'last'];
const TEXT = Buffer.from(LINES.join('\n'));
const READ = ['{"a":"ö – 😀"}', '[1,\t2]\r', '"\u2028"', 'x'.repeat(40), 'last'];

const readAll = (reader: LineReader, chunks: readonly Buffer[]): string[] =>
  [...chunks.flatMap((chunk): Line[] => reader.push(chunk)), ...reader.end()].map((line) =>
    line.toString(),
  );

describe('LineReader', () => {
  it('returns the same lines wherever two chunks are cut', () => {
    for (let at = 0; at <= TEXT.length; at++)
      expect(readAll(new LineReader(40), [TEXT.subarray(0, at), TEXT.subarray(at)])).toEqual(READ);
  });

  it.each([1, 2, 3, 7])('returns the same lines in chunks of %i bytes', (size) => {
    const chunks = Array.from({ length: Math.ceil(TEXT.length / size) }, (_, index) =>
      TEXT.subarray(index * size, (index + 1) * size),
    );
    expect(readAll(new LineReader(40), chunks)).toEqual(READ);
  });

  it('reports a line once, as soon as it is too long, and reads the next one', () => {
    const reader = new LineReader(4);
    expect(reader.push(Buffer.from('1234'))).toEqual([]);
    expect(reader.push(Buffer.from('5'))).toEqual([TOO_LONG]);
    expect(reader.push(Buffer.from('6789012'))).toEqual([]);
    expect(reader.push(Buffer.from('3\nnext\n'))).toEqual([Buffer.from('next')]);
  });

  it('reports a line that is too long within one chunk, wherever the chunk is cut', () => {
    const text = Buffer.from('ok\n12345\n1234\n123456');
    for (let at = 0; at <= text.length; at++)
      expect(readAll(new LineReader(4), [text.subarray(0, at), text.subarray(at)])).toEqual([
        'ok',
        TOO_LONG,
        '1234',
        TOO_LONG,
      ]);
  });
});
