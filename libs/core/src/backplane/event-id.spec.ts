import { assert, oneof, property, string, stringMatching } from 'fast-check';
import { eventIdOf, readEventId } from './event-id.js';

function isWrittenBack(value: string): boolean {
  const read = readEventId(value);
  return read === undefined || eventIdOf(read.stream, read.entry) === value;
}

describe('the id of an event on the wire', () => {
  it.each([
    ['get', '1'],
    ['3f9c-0.17', '1700000000000-0'],
    ['x'.repeat(80), '9'.repeat(20)],
  ])('is read as it was written: %s, %s', (stream, entry) => {
    const id = eventIdOf(stream, entry);
    expect(id).toBe(`${stream}_${entry}`);
    expect(readEventId(id)).toEqual({ stream, entry });
  });

  it.each([
    ['a stream with the separator', 'a_b', '1'],
    ['a stream without a name', '', '1'],
    ['a stream with too long a name', 'x'.repeat(81), '1'],
    ['a stream with a line break', 'a\n', '1'],
    ['an entry that is not a number', 'a', 'b'],
    ['an entry with three numbers', 'a', '1-2-3'],
    ['an empty entry', 'a', ''],
  ])('is not written for %s', (_, stream, entry) => {
    expect(() => eventIdOf(stream, entry)).toThrow(TypeError);
  });

  it.each([
    undefined,
    null,
    7,
    ['get_1'],
    { stream: 'get', entry: '1' },
    '',
    '_',
    'get',
    'get_',
    '_1',
    'get_1_2',
    'get_1 ',
    ' get_1',
    'get_1\n',
    'get\r\n_1',
    'get_-1',
    'get_1-',
    'get_１',
    'gét_1',
    'get_0x1',
    'get_1e3',
    '../x_1',
    'a:b_1',
    'get_$',
    'get_+',
    `get_${'9'.repeat(21)}`,
    `${'x'.repeat(81)}_1`,
    'x'.repeat(1_000_000),
    '_'.repeat(1_000_000),
  ])('is not read from any other text (%#)', (value) => {
    expect(readEventId(value)).toBeUndefined();
  });

  it('is only read from text that would be written the same', () => {
    const nearly = stringMatching(/^[a-z0-9._-]{0,6}_[0-9_-]{0,6}$/);
    const run = (): void =>
      assert(property(oneof(nearly, string()), isWrittenBack), { numRuns: 2_000 });
    expect(run).not.toThrow();
  });
});
