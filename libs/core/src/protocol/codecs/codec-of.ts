import {
  LATEST_SESSION_REVISION,
  type SessionRevision,
  type STATELESS_REVISION,
} from '../revisions.js';
import { type ShowBlock, WITHOUT_AUDIO_AND_LINKS, WITHOUT_LINKS } from './content-blocks.js';
import type {
  RevisionCodec,
  ServerDefinition,
  StructureCodec,
  ToolDefinition,
} from './revision-codec.js';
import { ANY_STRUCTURE, NO_STRUCTURE, OBJECT_STRUCTURE } from './structured-content.js';

/** A revision that begins with `initialize`, or the stateless one. */
export type Revision = SessionRevision | typeof STATELESS_REVISION;

/**
 * Tools have `annotations` since 2025-03-26, `title` and `_meta` since 2025-06-18, and `icons` since 2025-11-25.
 * Servers have `title` since 2025-06-18, and `icons` and `websiteUrl` since 2025-11-25.
 */
const CODECS: Readonly<Record<Revision, RevisionCodec>> = {
  '2024-11-05': codec(
    NO_STRUCTURE,
    ['title', 'annotations', '_meta', 'icons'],
    ['title', 'icons', 'websiteUrl'],
    WITHOUT_AUDIO_AND_LINKS,
  ),
  '2025-03-26': codec(
    NO_STRUCTURE,
    ['title', '_meta', 'icons'],
    ['title', 'icons', 'websiteUrl'],
    WITHOUT_LINKS,
  ),
  '2025-06-18': codec(OBJECT_STRUCTURE, ['icons'], ['icons', 'websiteUrl']),
  '2025-11-25': codec(OBJECT_STRUCTURE),
  '2026-07-28': codec(ANY_STRUCTURE),
};

/** The codec of a revision; for an unknown revision, that of the latest session revision. */
export function codecOf(revision: string | undefined): RevisionCodec {
  return revision !== undefined && Object.hasOwn(CODECS, revision)
    ? CODECS[revision as Revision]
    : CODECS[LATEST_SESSION_REVISION];
}

function codec(
  structure: StructureCodec,
  notInTools: readonly (keyof ToolDefinition)[] = [],
  notInServers: readonly (keyof ServerDefinition)[] = [],
  show?: ShowBlock,
): RevisionCodec {
  return {
    server: (definition) => without(definition, notInServers),
    tool: (definition) => structure.tool(without(definition, notInTools)),
    result: (result, outputSchema) =>
      structure.result(
        show ? { ...result, content: result.content.map(show) } : result,
        outputSchema,
      ),
  };
}

function without<Definition extends object>(
  definition: Definition,
  names: readonly (keyof Definition)[],
): Definition {
  const rest = { ...definition };
  for (const name of names) delete rest[name];
  return rest;
}
