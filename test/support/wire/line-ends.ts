import { type Arbitrary, constantFrom, oneof, string } from 'fast-check';

/** All characters at which Python's `str.splitlines()` ends a line. */
export const LINE_ENDS = '\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029'.split('');

// oxlint-disable-next-line no-control-regex -- these characters end lines
export const LINE_END = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;

/** Texts in which line ends are as frequent as other characters. */
export const textWithLineEnds: Arbitrary<string> = string({
  unit: oneof(constantFrom(...LINE_ENDS), constantFrom('"', '\\', 'a', '{', '漢', '😀', '\ud800')),
  maxLength: 40,
});
