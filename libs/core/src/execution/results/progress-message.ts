const LONGEST = 500;

/** The progress message for an emitted value: a string, cut to 500 characters, or another scalar as text; undefined for objects. */
export function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, LONGEST);
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}
