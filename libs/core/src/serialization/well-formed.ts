/** Halves of characters: most languages refuse the JSON that has one, and with it the whole message. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\uFFFD');
}
