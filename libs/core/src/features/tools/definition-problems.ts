import { iconProblems } from '../../protocol/definitions/icon-check.js';
import { metaProblems } from '../../protocol/definitions/meta-check.js';
import { textProblems } from '../../protocol/definitions/text-check.js';
import type { ToolDefinition } from '../../protocol/codecs/revision-codec.js';

/** What is wrong with what clients and models are shown of a tool. */
export function definitionProblems({ title, description, icons, _meta }: ToolDefinition): string[] {
  return [
    ...textProblems(title).map((words) => `its title ${words}`),
    ...textProblems(description).map((words) => `its description ${words}`),
    ...iconProblems(icons).map(({ place, words }) => `its icons${place} ${words}`),
    ...metaProblems(_meta).map((words) => `its meta${words}`),
  ];
}
