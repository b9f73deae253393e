const LONGEST = 500;

/** The words of a value that is told as progress: those of a text, none of an object, which is no message. */
export function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, LONGEST);
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}
