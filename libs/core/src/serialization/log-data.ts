import { types } from 'node:util';
import { exposed } from './exposed.js';
import { McpException } from '../protocol/mcp.exception.js';
import { ResultBudget } from './budget.js';
import { bytesOf } from './plain.js';
import { wellFormed } from './well-formed.js';

/** The most characters of one log message, approximately, and of a text within it. */
const LONGEST = 16_384;
const LONGEST_TEXT = 4_096;
const CUT = '…';

/**
 * Converts a logged value to JSON. Instances follow the rules of their classes, so that what `@Exclude()` keeps from
 * results is kept from logs, too. Of an error, only the message is logged: the rest (stack, request, response) is not
 * meant for clients. What cannot be shown is named in brackets. Never throws.
 */
export function logData(data: unknown): unknown {
  if (typeof data === 'string') return cut(data, LONGEST);
  try {
    return new LogWalk().plain(data);
  } catch (error) {
    return error instanceof McpException ? '[too long to log]' : '[not loggable]';
  }
}

class LogWalk {
  /** The objects that enclose the value. */
  private readonly around = new Set<object>();
  private readonly budget = new ResultBudget({ kind: 'log', name: 'data' }, LONGEST);

  plain(value: unknown): unknown {
    this.budget.spend(1);
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number' || typeof value === 'bigint') return numeral(value);
    if (typeof value === 'symbol' || typeof value === 'function') return `[${typeof value}]`;
    return typeof value === 'object' && value !== null ? this.within(value) : value;
  }

  private text(value: string): string {
    const shown = cut(value, LONGEST_TEXT);
    this.budget.spend(shown.length);
    return shown;
  }

  private within(value: object): unknown {
    if (value instanceof Error) return this.text(value.message);
    if (this.around.has(value)) return '[circular]';
    this.around.add(value);
    const plain = this.members(value);
    this.around.delete(value);
    return plain;
  }

  private members(value: object): unknown {
    if (Array.isArray(value) || value instanceof Set) return this.list(value);
    if (value instanceof Map)
      return this.list(Array.from(value as Map<unknown, unknown>, (pair) => pair));
    if (bytesOf(value)) return '[bytes]';
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return this.plain(Reflect.apply(toJSON, value, ['']));
    if (types.isBoxedPrimitive(value)) return this.plain(value.valueOf());
    return isPlain(value) ? this.object(value) : this.instance(value);
  }

  /**
   * An instance may refer to a large part of the application. If it is not data, only the name of its class is
   * logged.
   */
  private instance(value: object): unknown {
    if (types.isPromise(value) || 'pipe' in value || Symbol.asyncIterator in value)
      return `[${value.constructor.name}]`;
    return this.object(Object(exposed(value, this.budget)) as object);
  }

  private list(items: Iterable<unknown>): unknown[] {
    return Array.from(items, (item) => this.plain(item) ?? null);
  }

  private object(value: object): object {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [this.text(key), this.plain(member)]),
    );
  }
}

function cut(text: string, length: number): string {
  return wellFormed(text.length <= length ? text : `${text.slice(0, length - 1)}${CUT}`);
}

/** JSON has no large integers and no NaN. */
function numeral(value: number | bigint): number | string {
  return Number.isFinite(value) ? (value as number) : String(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
