import type { JsonSchema } from '../../../interfaces/json.js';
import { commonProblems } from '../../../primitives/entry/definition-problems.js';
import { textProblems } from '../../../protocol/definitions/text-check.js';
import { subschemasOf } from '../../../protocol/codecs/subschemas.js';
import type { ToolDefinition } from '../../../protocol/codecs/revision-codec.js';

/** Limits the search: the schema of a class contains everything it refers to once. */
const DEEPEST = 32;

/** What is wrong with the parts of a tool that clients and models see. */
export function definitionProblems(definition: ToolDefinition): string[] {
  const { annotations, inputSchema, outputSchema } = definition;
  return [
    ...commonProblems(definition),
    ...schemaProblems('input', inputSchema),
    ...schemaProblems('output', outputSchema ?? {}),
    ...hintProblems(annotations),
  ];
}

const HINTS = [
  ['readOnly', 'readOnlyHint'],
  ['destructive', 'destructiveHint'],
  ['idempotent', 'idempotentHint'],
  ['openWorld', 'openWorldHint'],
] as const;

/** Clients refuse the whole list because of one hint that is not a boolean. */
function hintProblems(annotations: ToolDefinition['annotations'] = {}): string[] {
  return HINTS.filter(
    ([, hint]) => !['boolean', 'undefined'].includes(typeof annotations[hint]),
  ).map(([option]) => `its ${option} must be true or false`);
}

/** Models read the texts of a schema like those of the tool. */
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
