import { endOfString } from './json-bounds.js';

/** The problem of a member's name. `reserved in params` is a reserved name within the `params` of a message. */
export type NameFault = 'duplicate' | 'reserved' | 'reserved in params';

/** An open object or list. */
interface Frame {
  /** The names read so far; undefined for a list. */
  readonly names: Set<string> | undefined;
  /** The name of the member that is being read; undefined in a list. */
  name: string | undefined;
  /** Whether the next string is a name. */
  isNameNext: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LIST_START = 0x5b;
const LIST_END = 0x5d;
const OBJECT_START = 0x7b;
const OBJECT_END = 0x7d;
/** Members with these names could change the prototype of an object that a message is copied to. */
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Returns the first problem with a member's name in a text, which must be JSON and within the bounds. Duplicate names
 * are a problem because a proxy may read another one of them than `JSON.parse` does. Reserved names in the arguments
 * of a tool are allowed here, because the check of the arguments reports them as findings.
 */
export function faultyName(text: Buffer): NameFault | undefined {
  const frames: Frame[] = [];
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] ?? 0;
    if (byte === QUOTE) {
      const end = endOfString(text, at);
      const frame = frames.at(-1);
      if (frame?.isNameNext === true) {
        const fault = enter(frames, frame, nameOf(text, at, end));
        if (fault !== undefined) return fault;
      }
      at = end;
    } else if (byte === OBJECT_START)
      frames.push({ names: new Set(), name: undefined, isNameNext: true });
    else if (byte === LIST_START)
      frames.push({ names: undefined, name: undefined, isNameNext: false });
    else if (byte === OBJECT_END || byte === LIST_END) frames.pop();
    else if (byte === COMMA) expectName(frames.at(-1));
  }
  return undefined;
}

function expectName(frame: Frame | undefined): void {
  if (frame?.names !== undefined) frame.isNameNext = true;
}

function enter(frames: readonly Frame[], frame: Frame, name: string): NameFault | undefined {
  frame.isNameNext = false;
  frame.name = name;
  if (frame.names?.has(name) === true) return 'duplicate';
  frame.names?.add(name);
  return RESERVED.has(name) ? reserved(frames) : undefined;
}

/** The fault of a reserved name, by its path. In a batch, messages are one level deeper. */
function reserved(frames: readonly Frame[]): NameFault | undefined {
  const [params, member] = frames
    .slice(frames[0]?.names === undefined ? 1 : 0)
    .slice(0, -1)
    .map(({ name }) => name);
  if (params !== 'params') return 'reserved';
  return member === 'arguments' ? undefined : 'reserved in params';
}

function nameOf(text: Buffer, start: number, end: number): string {
  const raw = text.subarray(start + 1, end);
  if (!raw.includes(BACKSLASH)) return raw.toString('utf8');
  return String(JSON.parse(`"${raw.toString('utf8')}"`));
}
