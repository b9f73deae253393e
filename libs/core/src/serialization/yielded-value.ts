import { isContentBlock } from './content-block.js';
import { text } from './content.js';

/**
 * Combines the values of an iterable as if they had been returned at once: strings are joined to one string, bytes to
 * one file, lists of content blocks to one list. Strings among blocks become text blocks. Other values become a list.
 */
export function yieldedValue(values: readonly unknown[]): unknown {
  if (values.length === 0) return undefined;
  if (values.every(isString)) return values.join('');
  if (values.every((value) => value instanceof Uint8Array)) return Buffer.concat(values);
  const flat: readonly unknown[] = values.flat();
  if (!flat.some(isContentBlock)) return values;
  if (!flat.every((value) => isString(value) || isContentBlock(value))) return values;
  return blocksOf(flat);
}

/** Consecutive strings are parts of one text. */
function blocksOf(values: readonly unknown[]): unknown[] {
  const blocks: unknown[] = [];
  let pieces = '';
  const endText = (): void => {
    if (pieces !== '') blocks.push(text(pieces));
    pieces = '';
  };
  for (const value of values) {
    if (isString(value)) {
      pieces += value;
      continue;
    }
    endText();
    blocks.push(value);
  }
  endText();
  return blocks;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
