import { isJsonObject } from '../../interfaces/json.js';

const NAME = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?)?$/;
const LABEL = /^[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const RESERVED: ReadonlySet<string | undefined> = new Set(['modelcontextprotocol', 'mcp']);

/** Returns the problems of a `_meta` object, worded to follow its name (2025-11-25 base protocol, `_meta`). */
export function metaProblems(meta: unknown): string[] {
  if (meta === undefined) return [];
  if (!isJsonObject(meta)) return [' must be an object'];
  return Object.entries(meta).flatMap(([key, value]) =>
    [keyProblem(key), hasJson(value) ? undefined : 'its value has no JSON']
      .filter((words) => words !== undefined)
      .map((words) => `[${JSON.stringify(key)}]: ${words}`),
  );
}

function keyProblem(key: string): string | undefined {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  if (!NAME.test(name) || key === '')
    return 'a name begins and ends with a letter or digit, with - _ . between';
  if (slash === -1) return undefined;
  const labels = key.slice(0, slash).split('.');
  if (!labels.every((label) => LABEL.test(label)))
    return 'a prefix is made of labels such as com.example before the slash';
  return RESERVED.has(labels[1]) ? 'this prefix is reserved for the protocol' : undefined;
}

/** Whether JSON represents a value exactly, without dropping or changing a part of it. */
function hasJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > DEEPEST) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = Array.isArray(value) || prototype === null || prototype === Object.prototype;
  return isPlain && Object.values(value).every((member) => hasJson(member, depth + 1));
}

const DEEPEST = 32;
