import type { McpPrimitive } from '../interfaces/mcp-primitive.interface.js';
import { echoed } from './echoed.js';

/** What a message needs of a primitive. */
type Named = Pick<McpPrimitive, 'kind' | 'name'>;

/** `Tool 'add'`, at the beginning of a sentence. */
const called = ({ kind, name }: Named): string =>
  `${kind.charAt(0).toUpperCase()}${kind.slice(1)} '${name}'`;

/** Answers that a client or a model reads. */
export const UNKNOWN_METHOD = 'Method not found';
export const NOT_INITIALIZED = 'Invalid request: send initialize first';
export const ALREADY_INITIALIZED = 'Invalid request: this session is already initialized';
export const MISSING_PROTOCOL_VERSION = 'Invalid params: protocolVersion must be a string';
export const PARAMS_NOT_AN_OBJECT = 'Invalid params: params must be an object';
export const PROGRESS_TOKEN_TOO_LONG =
  'Invalid params: _meta.progressToken must be at most 256 bytes';
export const CLAIM_TOO_LARGE = (name: string): string =>
  `Invalid params: ${name} must be at most 16384 bytes as JSON`;
export const INVALID_CURSOR = 'Invalid params: unknown cursor';
export const MISSING_NAME = 'Invalid params: name must be a string';
export const ARGUMENTS_NOT_AN_OBJECT = 'Invalid params: arguments must be an object';

export const TOO_MUCH_WAITS =
  'The result was not sent: too much data is waiting for this client. Read the pending messages, and ask for less at once.';

/** The longest name that a primitive may have. */
const LONGEST_NAME = 128;

export const UNKNOWN_PRIMITIVE = ({ kind, name }: Named): string =>
  `Unknown ${kind}: '${echoed(name, LONGEST_NAME)}'`;

export const INTERNAL_ERROR = (reference: string): string => `Internal error (ref ${reference})`;

export const INVOCATION_FAILED = ({ name }: Named, reference: string): string =>
  `An error occurred invoking '${name}' (ref ${reference})`;

/** `enhancer` is a guard, an interceptor, a pipe, a filter or a parameter decorator: `the guard JwtAuthGuard`. */
export const HTTP_NEEDED = ({ name }: Named, enhancer: string, reference: string): string =>
  `An error occurred invoking '${name}': ${enhancer} needs an HTTP request, and a call over stdio has none (ref ${reference})`;

export const CALL_TIMED_OUT = (primitive: Named, milliseconds: number): string =>
  `${called(primitive)} timed out after ${milliseconds / 1000} s`;

export const RESULT_TOO_LARGE = ({ kind, name }: Named, bytes: number): string =>
  `The result of ${kind} '${name}' is too large: more than ${bytes} bytes. Ask for less at once.`;

export const ERROR_TOO_LARGE = (primitive: Named, bytes: number, beginning: string): string =>
  `${called(primitive)} failed, and its error has more than ${bytes} bytes. It begins: ${beginning}`;

export const LOGS_DROPPED = (count: number): string =>
  `${count} log ${count === 1 ? 'message was' : 'messages were'} dropped: too many in a short time`;

export const CALL_BUSY = (primitive: Named): string =>
  `${called(primitive)} is busy: too many calls are waiting for it. Try again later.`;

export const INVALID_ARGUMENTS = ({ kind, name }: Named, findings: readonly string[]): string =>
  [`Invalid arguments for ${kind} '${name}':`, ...findings.map((finding) => `- ${finding}`)].join(
    '\n',
  );
