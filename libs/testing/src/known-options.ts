/**
 * Checks the names of options at run time, because the compiler does not check JavaScript and spread objects.
 * @throws TypeError when the options are not an object or one is unknown; the message lists the options
 */
export function refuseUnknown<Options extends object>(
  where: string,
  options: Options,
  names: Readonly<Record<keyof Required<Options>, true>>,
): void {
  const known = Object.keys(names);
  const given: unknown = options;
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`The options of ${where} must be an object: { ${known.join(', ')} }`);
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new TypeError(
      `${unknown.join(', ')}: not an option of ${where}. Its options are ${known.join(', ')}`,
    );
}
