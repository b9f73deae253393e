import { isContentBlock } from './content-block.js';
import { text } from './content.js';

/**
 * What an iterable yielded, as if it had been returned at once: strings are joined to one, bytes to one
 * file, lists of content blocks to one list; strings among blocks are text blocks. Anything else is a list.
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

/** Strings that follow each other are pieces of one text. */
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
