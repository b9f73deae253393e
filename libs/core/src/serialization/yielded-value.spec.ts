import { image, text } from './content.js';
import { yieldedValue } from './yielded-value.js';

const picture = image(new Uint8Array([1]), 'image/png');

describe('the value of an iterable', () => {
  it.each([
    ['nothing', [], undefined],
    ['strings, joined', ['a', '', 'b'], 'ab'],
    ['bytes, joined', [Buffer.from('a'), new Uint8Array([98])], Buffer.from('ab')],
    ['blocks', [picture, text('a')], [picture, text('a')]],
    ['lists of blocks', [[picture], picture], [picture, picture]],
    ['strings among blocks', ['a', 'b', picture, 'c'], [text('ab'), picture, text('c')]],
    ['anything else, as a list', [{ a: 1 }, 'b', 2], [{ a: 1 }, 'b', 2]],
    ['lists, as a list of lists', [[1], [2]], [[1], [2]]],
    ['blocks among values, as a list', [picture, 1], [picture, 1]],
  ])('is %s', (_, values, expected) => {
    expect(yieldedValue(values)).toEqual(expected);
  });
});
