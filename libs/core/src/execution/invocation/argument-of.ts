/** The argument with a name, or all arguments without one. Inherited members do not count as arguments. */
export function argumentOf(values: object, name: string | undefined): unknown {
  if (name === undefined) return values;
  return Object.hasOwn(values, name) ? (values as Record<string, unknown>)[name] : undefined;
}
