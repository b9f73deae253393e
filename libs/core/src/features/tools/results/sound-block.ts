import { isJsonObject, type JsonObject } from '../../../interfaces/json.js';
import { tidyBase64 } from '../../../protocol/definitions/base64.js';
import { blockProblem, resultProblem } from '../../../protocol/definitions/content-check.js';
import { within } from '../../../protocol/definitions/member-checks.js';
import type { ToolResult } from '../../../protocol/codecs/revision-codec.js';
import type { ContentBlock } from '../../../protocol/sdk.js';
import type { ResultBudget } from './budget.js';
import { mimeTypeOfBase64 } from './known-bytes.js';

/**
 * A content block that a tool made, as clients accept it: without members that are null, base64 in one
 * line and padded, and with the MIME type that its bytes tell, where it has none.
 * @param block JSON, of this call alone.
 * @param index its place in the content.
 * @throws UnsendableResultError when it is malformed.
 */
export function soundBlock(block: unknown, index: number, budget: ResultBudget): ContentBlock {
  const sound = isJsonObject(block) ? tidied(block) : block;
  const problem = blockProblem(sound);
  if (problem) throw budget.malformed(within(`content[${index}]`, problem));
  return sound as ContentBlock;
}

/**
 * What a result has beside its content, without members that are null.
 * @throws UnsendableResultError when it is malformed.
 */
export function soundMembers(
  { isError, _meta, ...rest }: JsonObject,
  budget: ResultBudget,
): Omit<ToolResult, 'content'> {
  const members = withoutNulls({ isError, _meta });
  const problem = resultProblem(members);
  if (problem) throw budget.malformed({ ...problem, place: problem.place.slice(1) });
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

/** A nullable column is absence: the protocol has no member that is null. */
function withoutNulls(object: JsonObject): JsonObject {
  const entries = Object.entries(object);
  return entries.some(([, value]) => value === null || value === undefined)
    ? Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined))
    : object;
}
