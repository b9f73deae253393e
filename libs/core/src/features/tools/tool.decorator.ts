import { markMethod } from '../../primitives/decorators/mark-method.js';
import { markType } from '../../primitives/decorators/mark-type.js';
import { TOOL } from './definition/tool-kind.js';
import type { McpToolOptions, McpToolTypeOptions } from './definition/tool-options.interface.js';

/**
 * Marks a class whose methods are tools, and makes it injectable: list it in the `providers` of any module, or leave
 * it in the `controllers`. A scope set by `@Injectable()` or `@Controller()` beside it stays.
 */
export function McpToolType(options: McpToolTypeOptions = {}): ClassDecorator {
  return markType(TOOL, options);
}

/**
 * Makes a method of a {@link McpToolType} class a tool.
 * @param descriptionOrOptions the description for the model, or all options.
 */
export function McpTool(descriptionOrOptions: string | McpToolOptions = {}): MethodDecorator {
  return markMethod(
    TOOL,
    typeof descriptionOrOptions === 'string'
      ? { description: descriptionOrOptions }
      : descriptionOrOptions,
  );
}
