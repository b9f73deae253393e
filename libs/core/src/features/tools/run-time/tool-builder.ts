import type { McpContext } from '../../../execution/context/mcp-context.js';
import type { SchemaLike } from '../../../schema/standard/schema-like.interface.js';
import type { ArgumentsOf, NoArguments } from '../../../primitives/run-time/arguments-of.js';
import type { AnyHandler } from '../../../primitives/run-time/primitive-draft.interface.js';
import type { RunTimeToolOptions } from '../definition/tool-options.interface.js';
import type { ToolDraft } from './tool-draft.js';

/** The function of a tool added at run time. It gets validated arguments, and may return what a method may. */
export type ToolHandler<Args extends object> = (args: Args, context: McpContext) => unknown;

/**
 * Describes a tool, and adds it with {@link handle}. Each step returns a new builder, so that one builder can be the
 * beginning of several tools.
 */
export class ToolBuilder<Args extends object = NoArguments> {
  constructor(
    private readonly draft: ToolDraft,
    private readonly done: (draft: ToolDraft, handler: AnyHandler) => void,
  ) {}

  /** Human-readable name. */
  title(title: string): ToolBuilder<Args> {
    return this.with({ title });
  }

  /** What the tool does, for the model. */
  description(description: string): ToolBuilder<Args> {
    return this.with({ description });
  }

  /** Schema of the arguments; the handler gets the parsed value. Default: no arguments. */
  input<Schema extends SchemaLike>(input: Schema): ToolBuilder<ArgumentsOf<Schema>> {
    return new ToolBuilder({ ...this.draft, input }, this.done);
  }

  /** Schema of the result; see `output` of `@McpTool()`. */
  output(output: SchemaLike): ToolBuilder<Args> {
    return this.with({ output });
  }

  /** The other options of `@McpTool()`; a second call adds to the first. */
  options(options: RunTimeToolOptions): ToolBuilder<Args> {
    return this.with({ options: { ...this.draft.options, ...options } });
  }

  /**
   * Decorators in the order in which they would stand above a method: `UseGuards(RolesGuard)`, `Roles('admin')`.
   * A module must provide the classes of guards, interceptors, pipes and filters.
   */
  decorate(...decorators: readonly MethodDecorator[]): ToolBuilder<Args> {
    return this.with({ decorators: [...this.draft.decorators, ...decorators] });
  }

  /**
   * Adds the tool. Clients are notified, and can call it at once.
   * @throws McpEditException when its name is in use or anything else is wrong with it; within `registry.edit()`, at
   * the end of that.
   */
  handle(handler: ToolHandler<Args>): void {
    this.done(this.draft, handler);
  }

  private with(more: Partial<ToolDraft>): ToolBuilder<Args> {
    return new ToolBuilder({ ...this.draft, ...more }, this.done);
  }
}
