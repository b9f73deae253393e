import { isJsonObject } from '../../../interfaces/json.js';

/** What a parser of the application would put on a request. */
interface BodiedRequest {
  body?: unknown;
  rawBody?: unknown;
}

/** A body that the gate has read. */
export interface GateBody {
  /** The parsed body, which is dispatched. */
  readonly json: unknown;
  readonly bytes: Buffer;
  /** Whether the application wants the bytes, too. */
  readonly keepsBytes: boolean;
}

/**
 * Puts the message on the request as `body`, where guards, middleware and interceptors expect it, and its bytes as
 * `rawBody` if the application wants them. `body` is a copy, made when it is first read: whatever changes it does not
 * change the message that was checked and that is dispatched. A platform that has parsed the body before keeps its own.
 */
export function putBody(request: BodiedRequest, { json, bytes, keepsBytes }: GateBody): void {
  if (keepsBytes) request.rawBody ??= bytes;
  if (isJsonObject(request.body) && !Buffer.isBuffer(request.body)) return;
  const define = (property: PropertyDescriptor): unknown =>
    Object.defineProperty(request, 'body', { configurable: true, enumerable: true, ...property });
  const keep = (value: unknown): unknown => {
    define({ value, writable: true });
    return value;
  };
  define({ get: () => keep(plainCopy(json)), set: keep });
  // Parsers of Express 4 would wait for the end of a request that has ended.
  Object.defineProperty(request, '_body', { value: true, configurable: true });
}

/** Removes the body of a request that stays open and does not need it any more. */
export function dropBody(request: object): void {
  Reflect.deleteProperty(request, 'body');
  Reflect.deleteProperty(request, 'rawBody');
}

/**
 * Copies JSON as `JSON.parse` would return it. Numbers that identify a request may be kept as `bigint`, which
 * `JSON.stringify` refuses.
 */
function plainCopy(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plainCopy);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, plainCopy(member)]),
  );
}
