import { assert, constantFrom, jsonValue, property, string } from 'fast-check';
import { errorMessage, notificationMessage, RawJson, resultMessage } from './json-rpc.js';
import { oneLine } from './one-line.js';

/** The characters at which Python's `str.splitlines()` ends a line. */
// oxlint-disable-next-line no-control-regex -- these characters end lines
const LINE_END = /[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;
const ENDS = '\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029'.split('');
const OTHERS = ['"', '\\', 'a', '漢', '\ud800'];

const text = string({ unit: constantFrom(...ENDS, ...OTHERS), maxLength: 30 });
/** JSON has no -0. */
const value = jsonValue({ stringUnit: constantFrom(...ENDS, ...OTHERS) }).map(
  (any) => JSON.parse(JSON.stringify(any)) as unknown,
);

describe('oneLine', () => {
  it('is the same value, on one line for every reader', () => {
    assert(
      property(value, (any) => {
        const json = JSON.stringify(any);
        expect(oneLine(json)).not.toMatch(LINE_END);
        expect(JSON.parse(oneLine(json))).toEqual(JSON.parse(json));
      }),
    );
  });

  it.each(ENDS)('escapes %j in a key and in a string', (end) => {
    const json = oneLine(JSON.stringify({ [end]: `a${end}b` }));
    expect(json).not.toMatch(LINE_END);
    expect(JSON.parse(json)).toEqual({ [end]: `a${end}b` });
  });

  it('does not change text that needs no escape', () => {
    const json = '{"a":"é漢😀 \u00a0\u2027\u202a\u0084\u0086"}';
    expect(oneLine(json)).toBe(json);
  });
});

describe('a message', () => {
  it('is one line, with any id, result, error and params', () => {
    assert(
      property(text, value, (words, any) => {
        const messages = [
          resultMessage(words, { any, [words]: words }),
          resultMessage(words, new RawJson(JSON.stringify({ any }))),
          errorMessage(words, -32602, words, { [words]: any }),
          notificationMessage('notifications/message', { data: any, logger: words }),
        ];
        for (const message of messages) expect(message).not.toMatch(LINE_END);
        expect(JSON.parse(messages[0] ?? '')).toMatchObject({ id: words, result: { any } });
      }),
    );
  });
});
