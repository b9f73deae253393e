/** Follows references within the schema, and leaves out `null` as an alternative. */
export function resolved(schema, root) {
  if (schema.$ref?.startsWith('#/')) {
    const target = schema.$ref
      .slice(2)
      .split('/')
      .reduce((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], root);
    const { $ref: _, ...beside } = schema;
    return resolved({ ...target, ...beside }, root);
  }
  const options = (schema.anyOf ?? schema.oneOf)?.filter(({ type }) => type !== 'null');
  if (options?.length !== 1) return schema;
  const { anyOf: _, oneOf: __, ...beside } = schema;
  return resolved({ ...options[0], ...beside }, root);
}

export function typeOf({ type, properties, items, enum: values }) {
  if (values) return 'enum';
  const [known] = [type].flat().filter((each) => each !== 'null');
  if (known !== undefined) return known;
  if (properties) return 'object';
  return items ? 'array' : 'unknown';
}

/** The limits of a value in words. */
export function limitsOf(schema) {
  const { minimum, maximum, maxLength, pattern, minItems, maxItems, default: standard } = schema;
  const range =
    minimum !== undefined && maximum !== undefined
      ? `${minimum} to ${maximum}`
      : minimum !== undefined
        ? `at least ${minimum}`
        : maximum !== undefined && `at most ${maximum}`;
  return [
    range,
    maxLength !== undefined && `at most ${maxLength} characters`,
    pattern !== undefined && `matches ${pattern}`,
    minItems !== undefined && maxItems !== undefined && `${minItems} to ${maxItems} entries`,
    standard !== undefined && `default: ${JSON.stringify(standard)}`,
  ].filter(Boolean);
}
