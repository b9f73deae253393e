import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import { tidyBase64 } from '../protocol/definitions/base64.js';
import { blockProblem, resultProblem } from '../protocol/definitions/content-check.js';
import { within } from '../protocol/definitions/member-checks.js';
import type { ContentBlock } from '../protocol/sdk.js';
import type { ResultBudget } from './budget.js';
import { mimeTypeOfBase64 } from './known-bytes.js';

/**
 * A content block that a method made, in the form that clients accept: without properties that are null, with base64
 * padded and on one line, and with a MIME type detected from the bytes if it has none.
 * @param block JSON that belongs to this call alone.
 * @param index its position in the content.
 * @throws UnsendableResultError when it is malformed.
 */
export function soundBlock(block: unknown, index: number, budget: ResultBudget): ContentBlock {
  const sound = isJsonObject(block) ? tidied(block) : block;
  const problem = blockProblem(sound);
  if (problem) throw budget.malformed(within(`content[${index}]`, problem));
  return sound as ContentBlock;
}

/**
 * The other properties of a result, without those that are null.
 * @throws UnsendableResultError when a property is malformed.
 */
export function soundMembers(
  { isError, _meta, ...rest }: JsonObject,
  budget: ResultBudget,
): JsonObject {
  const members = withoutNulls({ isError, _meta });
  const problem = resultProblem(members);
  if (problem) throw budget.malformed({ ...problem, path: problem.path.slice(1) });
  return { ...rest, ...members };
}

function tidied(block: JsonObject): JsonObject {
  const { annotations, icons, resource, data, ...rest } = withoutNulls(block);
  return {
    ...rest,
    ...(data !== undefined && mediaOf(data, rest.mimeType)),
    ...(resource !== undefined && { resource: resourceOf(resource) }),
    ...(icons !== undefined && { icons: Array.isArray(icons) ? icons.map(nullless) : icons }),
    ...(annotations !== undefined && { annotations: nullless(annotations) }),
  };
}

function mediaOf(data: unknown, mimeType: unknown): JsonObject {
  if (typeof data !== 'string') return { data };
  const tidy = tidyBase64(data);
  const known = mimeType ?? mimeTypeOfBase64(tidy);
  return { data: tidy, ...(known !== undefined && { mimeType: known }) };
}

function resourceOf(resource: unknown): unknown {
  if (!isJsonObject(resource)) return resource;
  const members = withoutNulls(resource);
  const { blob } = members;
  return typeof blob === 'string' ? { ...members, blob: tidyBase64(blob) } : members;
}

function nullless(value: unknown): unknown {
  return isJsonObject(value) ? withoutNulls(value) : value;
}

/** The protocol has no property that is null: a null is usually an empty column of a database. */
function withoutNulls(object: JsonObject): JsonObject {
  const entries = Object.entries(object);
  return entries.some(([, value]) => value === null || value === undefined)
    ? Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined))
    : object;
}
