import type { Type } from '@nestjs/common';
import { TransformationType } from 'class-transformer';
import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import { classTransformer } from './metadata/class-transformer-copy.js';

/** Returns the names of the members to transform. */
type KeysOf = (target: unknown, object: object, isMap: boolean) => string[];

const CHUNK = 128;

/** Converts arguments like `plainToInstance()`, but in linear time. */
export function instanceOf(type: Type, plain: JsonObject, groups: readonly string[]): object {
  const { defaultOptions, TransformOperationExecutor } = classTransformer();
  const options = { ...defaultOptions, groups: [...groups] };
  const executor = new TransformOperationExecutor(TransformationType.PLAIN_TO_CLASS, options);
  const keysOf = (Reflect.get(executor, 'getKeys') as KeysOf).bind(executor);
  Object.assign(executor, { getKeys: inChunks(keysOf) });
  return executor.transform(undefined, plain, type, Array, false) as object;
}

/** class-transformer compares each name with all others to remove duplicates. Chunks keep that time linear. */
function inChunks(keysOf: KeysOf): KeysOf {
  return (target, object, isMap) => {
    const names = isMap || object instanceof Map ? [] : Object.keys(object);
    if (names.length <= CHUNK) return keysOf(target, object, isMap);
    const keys = new Set<string>();
    for (let from = 0; from < names.length; from += CHUNK) {
      const part = names.slice(from, from + CHUNK).map((name) => [name, undefined]);
      for (const key of keysOf(target, Object.fromEntries(part) as object, isMap)) keys.add(key);
    }
    return [...keys];
  };
}

/** Copies deeply, because class-transformer removes discriminators from its input. Creates objects of this realm, as it requires. */
export function copied<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(copied) as Value;
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, copied(one)]),
  ) as Value;
}
