/** Whether an `Accept` header contains one of the types. */
export function accepts(accept: string, types: ReadonlySet<string>): boolean {
  for (let from = 0; from <= accept.length;) {
    const comma = accept.indexOf(',', from);
    const to = comma === -1 ? accept.length : comma;
    if (to > from && types.has(typeOf(accept.slice(from, to)))) return true;
    from = to + 1;
  }
  return false;
}

/** Whether a `Content-Type` is `application/json` without parameters, or with `charset=utf-8` as its only one. */
export function isPlainJson(contentType: string): boolean {
  if (typeOf(contentType) !== 'application/json') return false;
  const parameters = contentType.split(';', 4).slice(1);
  const given = parameters.at(-1)?.trim() === '' ? parameters.slice(0, -1) : parameters;
  return given.length <= 1 && given.every(isUtf8);
}

/** The type without its parameters, in lower case. */
function typeOf(text: string): string {
  const end = text.indexOf(';');
  return (end === -1 ? text : text.slice(0, end)).trim().toLowerCase();
}

function isUtf8(parameter: string): boolean {
  const [name = '', value = '', ...others] = parameter.toLowerCase().split('=');
  const charset = unquoted(value.trim());
  return (
    name.trim() === 'charset' && others.length === 0 && (charset === 'utf-8' || charset === 'utf8')
  );
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1)
    : value;
}
