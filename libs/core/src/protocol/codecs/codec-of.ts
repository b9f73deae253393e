import type { JsonObject } from '../../interfaces/json.js';
import {
  LATEST_SESSION_REVISION,
  type SessionRevision,
  type STATELESS_REVISION,
} from '../revisions.js';
import type { RevisionCodec } from './revision-codec.js';
import { ANY_STRUCTURE, NO_STRUCTURE, OBJECT_STRUCTURE } from './structured-content.js';

/** A revision that begins with `initialize`, or the stateless one. */
export type Revision = SessionRevision | typeof STATELESS_REVISION;

/** `title` came to tools with 2025-06-18, `annotations` with 2025-03-26. */
const CODECS: Readonly<Record<Revision, RevisionCodec>> = {
  '2024-11-05': codec(NO_STRUCTURE, ['title', 'annotations']),
  '2025-03-26': codec(NO_STRUCTURE, ['title']),
  '2025-06-18': codec(OBJECT_STRUCTURE, []),
  '2025-11-25': codec(OBJECT_STRUCTURE, []),
  '2026-07-28': codec(ANY_STRUCTURE, []),
};

/** The codec of a revision; that of our latest one with sessions where the revision is not known. */
export function codecOf(revision: string | undefined): RevisionCodec {
  return revision !== undefined && Object.hasOwn(CODECS, revision)
    ? CODECS[revision as Revision]
    : CODECS[LATEST_SESSION_REVISION];
}

function codec(structure: RevisionCodec, missing: readonly string[]): RevisionCodec {
  return {
    tool: (definition) => without(structure.tool(definition), missing),
    result: (result, outputSchema) => structure.result(result, outputSchema),
  };
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  if (names.length === 0) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
