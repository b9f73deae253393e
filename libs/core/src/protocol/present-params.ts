import { isJsonObject, type JsonObject } from '../interfaces/json.js';

/**
 * Removes null from the parameters of a message, because clients in languages without `undefined` send null for members
 * that they leave out. Applies to `params`, its members and those of its `_meta`. The content of `arguments` belongs
 * to the tool, and stays.
 */
export function presentParams(params: unknown): unknown {
  if (params === null) return undefined;
  if (!isJsonObject(params)) return params;
  const present = withoutNulls(params);
  const { _meta: meta } = present;
  if (!isJsonObject(meta)) return present;
  const presentMeta = withoutNulls(meta);
  return presentMeta === meta ? present : { ...present, _meta: presentMeta };
}

/** Returns an object without its members that are null; the same object if there are none. */
export function withoutNulls(object: JsonObject): JsonObject {
  if (!Object.values(object).includes(null)) return object;
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
