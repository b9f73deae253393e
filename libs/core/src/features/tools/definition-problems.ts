import type { JsonSchema } from '../../interfaces/json.js';
import { iconProblems } from '../../protocol/definitions/icon-check.js';
import { metaProblems } from '../../protocol/definitions/meta-check.js';
import { textProblems } from '../../protocol/definitions/text-check.js';
import { subschemasOf } from '../../protocol/codecs/subschemas.js';
import type { ToolDefinition } from '../../protocol/codecs/revision-codec.js';

/** A schema that is given may be no deeper, and classes hold what they refer to once. */
const DEEPEST = 32;

/** What is wrong with what clients and models are shown of a tool. */
export function definitionProblems(definition: ToolDefinition): string[] {
  const { title, description, icons, _meta, annotations, inputSchema, outputSchema } = definition;
  return [
    ...textProblems(title).map((words) => `its title ${words}`),
    ...textProblems(description).map((words) => `its description ${words}`),
    ...iconProblems(icons).map(({ place, words }) => `its icons${place} ${words}`),
    ...schemaProblems('input', inputSchema),
    ...schemaProblems('output', outputSchema ?? {}),
    ...metaProblems(_meta).map((words) => `its meta${words}`),
    ...hintProblems(annotations),
  ];
}

const HINTS = [
  ['readOnly', 'readOnlyHint'],
  ['destructive', 'destructiveHint'],
  ['idempotent', 'idempotentHint'],
  ['openWorld', 'openWorldHint'],
] as const;

/** One that is no boolean makes clients refuse the whole list. */
function hintProblems(annotations: ToolDefinition['annotations'] = {}): string[] {
  return HINTS.filter(
    ([, hint]) => !['boolean', 'undefined'].includes(typeof annotations[hint]),
  ).map(([option]) => `its ${option} must be true or false`);
}

/** The words of a schema are read as those of the tool are. */
function schemaProblems(name: string, schema: JsonSchema): string[] {
  return [schema, ...subschemasBelow(schema)].flatMap(({ title, description }) =>
    [title, description]
      .filter((words) => typeof words === 'string')
      .flatMap((words) => textProblems(words))
      .map((problem) => `a text in its ${name} schema ${problem}`),
  );
}

function subschemasBelow(schema: JsonSchema, depth = 1): JsonSchema[] {
  if (depth > DEEPEST) return [];
  return subschemasOf(schema).flatMap((below) => [below, ...subschemasBelow(below, depth + 1)]);
}
