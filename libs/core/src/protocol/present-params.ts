import { isJsonObject, type JsonObject } from '../interfaces/json.js';

/**
 * The parameters of a message without what is null: clients in languages without `undefined` write null for what
 * they leave out. That goes for `params`, its members and those of its `_meta`, which are the protocol's;
 * what is within `arguments` is a tool's, and stays.
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

/** The same object where none of its members is null. */
export function withoutNulls(object: JsonObject): JsonObject {
  if (!Object.values(object).includes(null)) return object;
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}
