/** Halves of characters: most languages refuse JSON that contains one, and the whole message with it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\uFFFD');
}
