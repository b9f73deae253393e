import { isJsonObject, type JsonObject } from '../../interfaces/json.js';
import { isBase64 } from './base64.js';
import { isDateTime } from './date-time.js';
import {
  type Check,
  flag,
  is,
  listOf,
  objectOf,
  type Problem,
  record,
  text,
} from './member-checks.js';

const base64: Check = (value) => {
  if (typeof value !== 'string') return { path: '', words: 'must be bytes, or their base64' };
  return isBase64(value) ? undefined : { path: '', words: notBase64(value) };
};
const size = is('must be a number of bytes', (value) => Number.isFinite(value));
const priority = is(
  'must be a number from 0 to 1',
  (value) => typeof value === 'number' && value >= 0 && value <= 1,
);
const token = is(
  'must be a string or a whole number',
  (value) => typeof value === 'string' || Number.isSafeInteger(value),
);
const role = is('must be "user" or "assistant"', (value) => ROLES.has(value));
const theme = is('must be "light" or "dark"', (value) => THEMES.has(value));
const time = is(
  'must be a date-time such as 2026-01-31T12:00:00Z',
  (value) => typeof value === 'string' && isDateTime(value) && value === value.toUpperCase(),
);

const ROLES: ReadonlySet<unknown> = new Set(['user', 'assistant']);
const THEMES: ReadonlySet<unknown> = new Set(['light', 'dark']);

const annotations = objectOf({}, { audience: listOf(role), priority, lastModified: time });
const icon = objectOf({ src: text }, { mimeType: text, sizes: listOf(text), theme });
const beside = { annotations, _meta: record };
const media = objectOf({ data: base64, mimeType: text }, beside);
const contents = { mimeType: text, _meta: record };
const textContents = objectOf({ uri: text, text }, contents);
const blobContents = objectOf({ uri: text, blob: base64 }, contents);
const link = objectOf(
  { uri: text, name: text },
  { title: text, description: text, mimeType: text, size, icons: listOf(icon), ...beside },
);

/** The checks of content blocks by type, according to the official schemas (2025-11-25 tools, Tool Result). */
const BLOCKS: ReadonlyMap<unknown, Check> = new Map([
  ['text', objectOf({ text }, beside)],
  ['image', media],
  ['audio', media],
  ['resource_link', link],
  ['resource', objectOf({ resource: embedded }, beside)],
]);

const RESULT = objectOf(
  {},
  {
    isError: flag,
    _meta: objectOf(
      {},
      {
        progressToken: token,
        'io.modelcontextprotocol/related-task': objectOf({ taskId: text }),
      },
    ),
  },
);

/**
 * Returns the first problem of a content block, for which clients would refuse the whole result; undefined if it is
 * valid.
 */
export function blockProblem(block: unknown): Problem | undefined {
  const check = isJsonObject(block) ? BLOCKS.get(block.type) : undefined;
  return check ? check(block) : { path: '', words: 'is not a content block' };
}

/** Returns the first problem of the other members of a result; undefined if they are valid. */
export function resultProblem(result: JsonObject): Problem | undefined {
  return RESULT(result);
}

/** Checks an embedded resource. If it has both text and a blob, clients use the text. */
function embedded(resource: unknown): Problem | undefined {
  if (!isJsonObject(resource)) return record(resource);
  if (typeof resource.text === 'string' || resource.blob === undefined)
    return resource.text === undefined ? NOTHING_WITHIN : textContents(resource);
  return blobContents(resource);
}

const NOTHING_WITHIN: Problem = { path: '', words: 'must have a text, or bytes as its blob' };

function notBase64(given: string): string {
  if (given.startsWith('data:')) return 'is not base64, but a data: URL';
  return /^[\w-]*={0,2}$/.test(given) ? 'is not base64, but base64url' : 'is not base64';
}
