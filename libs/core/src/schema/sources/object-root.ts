import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';

const BESIDE_REFERENCE: ReadonlySet<string> = new Set([
  '$ref',
  '$defs',
  '$schema',
  'definitions',
  'description',
  'title',
]);

/**
 * Adds `type: object` to the root of a schema that accepts only objects, because clients expect it there. A root
 * that is only a reference is replaced by its target. A union gets the type if each branch has it.
 */
export function withObjectRoot(schema: JsonSchema): JsonSchema {
  const root = inlined(schema);
  if (root.type !== undefined) return root;
  const branches = root.anyOf ?? root.oneOf;
  if (!Array.isArray(branches) || branches.length === 0) return root;
  const areObjects = branches.every((branch) => isObject(branch, root));
  return areObjects ? { type: 'object', ...root } : root;
}

function inlined(schema: JsonSchema): JsonSchema {
  const seen = new Set<unknown>();
  let root = schema;
  while (isBareReference(root) && !seen.has(root.$ref)) {
    seen.add(root.$ref);
    const target = resolved(root, String(root.$ref));
    if (target === undefined || target === root) break;
    const { $ref: _, ...beside } = root;
    root = { ...target, ...beside };
  }
  return root;
}

function isBareReference(schema: JsonSchema): boolean {
  return (
    typeof schema.$ref === 'string' &&
    Object.keys(schema).every((keyword) => BESIDE_REFERENCE.has(keyword))
  );
}

function isObject(branch: unknown, root: JsonSchema): boolean {
  if (!isJsonObject(branch)) return false;
  const { $ref: reference } = branch;
  const target = typeof reference === 'string' ? resolved(root, reference) : branch;
  return target?.type === 'object';
}

/** The target of a JSON pointer within the document; undefined if there is none. */
function resolved(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (!reference.startsWith('#/')) return undefined;
  let target: unknown = root;
  for (const step of reference.slice(2).split('/')) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (!isJsonObject(target) || !Object.hasOwn(target, name)) return undefined;
    target = target[name];
  }
  return isJsonObject(target) ? { ...target } : undefined;
}
