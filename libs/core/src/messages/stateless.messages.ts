/** Words of the refusals of 2026-07-28. Nothing of a request is repeated in them; names are keys, headers and capabilities. */
export const MISSING_META = (key: string): string => `Invalid params: _meta must have ${key}`;
export const UNKNOWN_LOG_LEVEL = 'Invalid params: unknown log level';
export const UNSUPPORTED_VERSION = 'Unsupported protocol version';
export const HEADER_MISSING = (name: string): string =>
  `Header mismatch: ${name} is missing, and must say what the body says`;
export const HEADER_MALFORMED = (name: string): string =>
  `Header mismatch: ${name} has characters that no header may have, or is no valid Base64`;
export const HEADER_DIFFERS = (name: string): string =>
  `Header mismatch: ${name} says something else than the body`;
export const HEADER_NOT_EXPECTED = (name: string): string =>
  `Header mismatch: ${name} has a value, and the body has none for it`;
export const MISSING_CAPABILITY = (names: readonly string[]): string =>
  `The client does not declare what this request needs: ${names.join(', ')}`;
