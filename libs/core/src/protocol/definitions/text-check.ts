/**
 * Characters that a reviewer cannot see but a model reads: bidirectional controls, zero-width and other format
 * characters, tags, and control characters except line ends and tabs. The joiners U+200C and U+200D are allowed after
 * an emoji or a letter, but not after a Latin letter, because emoji and scripts such as Arabic need them.
 */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- they must be matched
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{L}\p{M}])[\u200c\u200d]|(?<=[A-Za-z])[\u200c\u200d]/u;

/** Returns the problems of a text for clients and models, worded to follow its name. */
export function textProblems(text: unknown): string[] {
  if (text === undefined) return [];
  if (typeof text !== 'string') return ['must be a text'];
  const [hidden] = HIDDEN.exec(text) ?? [];
  if (hidden === undefined) return [];
  const code = hidden.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return [`has an invisible character (U+${code} at ${text.indexOf(hidden) + 1})`];
}
