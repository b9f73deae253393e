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
 * Up to this size, a copy costs less than a property that makes it when it is read: Node's requests become slower
 * once a property is defined on them.
 */
const SMALL_BYTES = 16_384;

/**
 * Puts the message on the request as `body`, where guards, middleware and interceptors expect it, and its bytes as
 * `rawBody` if the application wants them. `body` is a copy, of a large message made when it is first read: what
 * changes it does not change the message that was checked and that is dispatched. A platform that has parsed the body
 * before keeps its own.
 */
export function putBody(request: BodiedRequest, { json, bytes, keepsBytes }: GateBody): void {
  if (keepsBytes) request.rawBody ??= bytes;
  if (isJsonObject(request.body) && !Buffer.isBuffer(request.body)) return;
  if (bytes.length > SMALL_BYTES) putLater(request, json);
  else request.body = plainCopy(json);
  // Parsers of Express 4 would wait for the end of a request that has ended.
  Reflect.set(request, '_body', true);
}

function putLater(request: BodiedRequest, json: unknown): void {
  const define = (property: PropertyDescriptor): unknown =>
    Object.defineProperty(request, 'body', { configurable: true, enumerable: true, ...property });
  const keep = (value: unknown): unknown => {
    define({ value, writable: true });
    return value;
  };
  define({ get: () => keep(plainCopy(json)), set: keep });
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
