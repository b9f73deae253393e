import { Readable } from 'node:stream';
import { types } from 'node:util';
import { CIRCULAR, STREAM_WITHIN } from '../messages/result.messages.js';
import { base64Of } from './content.js';
import type { ResultBudget } from './budget.js';
import { exposed } from './exposed.js';
import { fileSourceOf } from './file-source.js';
import { wellFormed } from './well-formed.js';

/**
 * Converts a value so that JSON neither drops nor distorts any part of it: instances by the rules of their classes, a
 * Map as an object, a Set as a list, bytes as base64, a bigint as its digits.
 * @throws McpException when it is too large, or refers back to itself.
 */
export function toPlain(value: unknown, budget: ResultBudget): unknown {
  return new Walk(budget).plain(value);
}

class Walk {
  /** The objects that enclose the value. */
  private readonly around = new Set<object>();

  constructor(private readonly budget: ResultBudget) {}

  plain(value: unknown): unknown {
    this.budget.spend(typeof value === 'string' ? value.length : 1);
    if (typeof value === 'string') return wellFormed(value);
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    const bytes = bytesOf(value);
    if (bytes === undefined) return this.within(value);
    this.budget.spendBase64(bytes.byteLength);
    return base64Of(bytes);
  }

  private within(value: object): unknown {
    if (this.around.has(value)) throw this.budget.unsendable(CIRCULAR);
    this.around.add(value);
    const plain = this.members(value);
    this.around.delete(value);
    return plain;
  }

  private members(value: object): unknown {
    if (Array.isArray(value)) return this.list(value);
    if (value instanceof Set || ArrayBuffer.isView(value))
      return this.list([...(value as Set<unknown>)]);
    if (value instanceof Map) return this.entries(value);
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return this.plain(Reflect.apply(toJSON, value, ['']));
    return isInstance(value) ? this.instance(value) : this.object(Object.entries(value));
  }

  /** A hole of a list counts, too: it becomes `null` in JSON. */
  private list(items: readonly unknown[]): unknown[] {
    this.budget.spend(items.length);
    return items.map((item) => this.plain(item));
  }

  private instance(value: object): unknown {
    if (types.isBoxedPrimitive(value)) return this.plain(value.valueOf());
    if (types.isPromise(value)) return {};
    const source = fileSourceOf(value);
    if (source === undefined && !(value instanceof Readable))
      return this.plain(exposed(value, this.budget));
    if (value instanceof Readable) value.destroy();
    source?.discard();
    throw this.budget.unsendable(STREAM_WITHIN);
  }

  /** If a key is not a scalar, only a list of pairs can keep it. */
  private entries(map: ReadonlyMap<unknown, unknown>): unknown {
    const isObject = [...map.keys()].every((key) => typeof key !== 'object' && !isNothing(key));
    return isObject
      ? this.object(Array.from(map, ([key, value]) => [String(key), value]))
      : Array.from(map, (pair) => this.plain(pair));
  }

  private object(entries: readonly (readonly [string, unknown])[]): object {
    return Object.fromEntries(
      entries.map(([key, value]) => {
        this.budget.spend(key.length);
        return [wellFormed(key), this.plain(value)];
      }),
    );
  }
}

/** The bytes of a Buffer, a Uint8Array, a DataView or an ArrayBuffer; undefined for anything else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value);
  if (!types.isDataView(value)) return undefined;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function isInstance(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && prototype !== Object.prototype && !isForeignPlain(prototype);
}

/** Recognizes `Object.prototype` of another realm, such as that of `structuredClone` under Jest, or that of a vm. */
function isForeignPlain(prototype: unknown): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(Object(prototype), 'valueOf');
}

function isNothing(key: unknown): boolean {
  return key === undefined || key === null || typeof key === 'symbol' || typeof key === 'function';
}
