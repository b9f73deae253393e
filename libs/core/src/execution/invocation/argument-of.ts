/** The argument of that name, or the whole arguments without one. Inherited members are no arguments. */
export function argumentOf(values: object, name: string | undefined): unknown {
  if (name === undefined) return values;
  return Object.hasOwn(values, name) ? (values as Record<string, unknown>)[name] : undefined;
}
