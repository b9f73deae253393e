/**
 * Refusals of revision 2026-07-28. They repeat nothing of a request, only names of keys, headers and capabilities.
 */
export const MISSING_META = (key: string): string => `Invalid params: _meta must have ${key}`;
export const UNKNOWN_LOG_LEVEL = 'Invalid params: unknown log level';
export const UNSUPPORTED_VERSION = 'Unsupported protocol version';
export const HEADER_MISSING = (name: string): string =>
  `Header mismatch: ${name} is missing, but must repeat the value of the body`;
export const HEADER_MALFORMED = (name: string): string =>
  `Header mismatch: ${name} has characters that are not allowed in a header, or is not valid Base64`;
export const HEADER_DIFFERS = (name: string): string =>
  `Header mismatch: ${name} has another value than the body`;
export const HEADER_NOT_EXPECTED = (name: string): string =>
  `Header mismatch: ${name} has a value, but the body has none for it`;
export const MISSING_CAPABILITY = (names: readonly string[]): string =>
  `The client does not declare capabilities that this request needs: ${names.join(', ')}`;
