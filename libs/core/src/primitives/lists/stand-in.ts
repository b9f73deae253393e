import { createHmac, randomBytes } from 'node:crypto';

const KEY = randomBytes(16);
/** No primitive has a longer name. */
const LONGEST_NAME = 128;

/**
 * Chooses one of some items for a name: always the same one, by a key of this process, so that measuring many names
 * does not reveal which item was chosen.
 */
export function standIn<Item>(name: string, items: readonly Item[]): Item | undefined {
  if (items.length < 2) return items[0];
  const digest = createHmac('sha256', KEY).update(name.slice(0, LONGEST_NAME)).digest();
  return items[digest.readUInt32BE() % items.length];
}
