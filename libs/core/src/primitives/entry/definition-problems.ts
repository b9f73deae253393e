import type { JsonObject } from '../../interfaces/json.js';
import type { McpIcon } from '../../interfaces/mcp-icon.interface.js';
import { iconProblems } from '../../protocol/definitions/icon-check.js';
import { metaProblems } from '../../protocol/definitions/meta-check.js';
import { textProblems } from '../../protocol/definitions/text-check.js';

/** The parts of a definition that every kind of primitive has. */
interface CommonDefinition {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly icons?: readonly McpIcon[] | undefined;
  readonly _meta?: JsonObject | undefined;
}

/** The problems of those parts of a primitive that clients and models see. */
export function commonProblems({ title, description, icons, _meta }: CommonDefinition): string[] {
  return [
    ...textProblems(title).map((words) => `its title ${words}`),
    ...textProblems(description).map((words) => `its description ${words}`),
    ...iconProblems(icons).map(({ path, words }) => `its icons${path} ${words}`),
    ...metaProblems(_meta).map((words) => `its meta${words}`),
  ];
}
