import type { McpContext } from '../../../execution/context/mcp-context.js';
import type { SchemaLike } from '../../../schema/sources/schema-like.interface.js';
import type { ArgumentsOf, NoArguments } from './arguments-of.js';
import type { AnyToolHandler, RunTimeToolOptions, ToolDraft } from './tool-draft.js';

/** What a tool added at run time does with its validated arguments; it may return whatever a method may. */
export type ToolHandler<Args extends object> = (args: Args, context: McpContext) => unknown;

/**
 * Describes a tool, and adds it with {@link handle}. Each step gives a builder of its own, so that one can
 * be the beginning of several tools.
 */
export class ToolBuilder<Args extends object = NoArguments> {
  constructor(
    private readonly draft: ToolDraft,
    private readonly done: (draft: ToolDraft, handler: AnyToolHandler) => void,
  ) {}

  /** Human-readable name. */
  title(title: string): ToolBuilder<Args> {
    return this.with({ title });
  }

  /** What the tool does, in words for the model. */
  description(description: string): ToolBuilder<Args> {
    return this.with({ description });
  }

  /** Schema of the arguments; the handler gets what it makes of them. Without it, the tool takes none. */
  input<Schema extends SchemaLike>(input: Schema): ToolBuilder<ArgumentsOf<Schema>> {
    return new ToolBuilder({ ...this.draft, input }, this.done);
  }

  /** Schema of what the tool gives; see `output` of `@McpTool()`. */
  output(output: SchemaLike): ToolBuilder<Args> {
    return this.with({ output });
  }

  /** The other options of `@McpTool()`; a second call adds to the first. */
  options(options: RunTimeToolOptions): ToolBuilder<Args> {
    return this.with({ options: { ...this.draft.options, ...options } });
  }

  /**
   * Decorators as they would stand above a method, in the same order: `UseGuards(RolesGuard)`,
   * `Roles('admin')`. Classes of guards, interceptors, pipes and filters have to be provided by some module.
   */
  decorate(...decorators: readonly MethodDecorator[]): ToolBuilder<Args> {
    return this.with({ decorators: [...this.draft.decorators, ...decorators] });
  }

  /**
   * Makes the tool: clients are told, and can call it at once.
   * @throws McpEditException when its name is taken or anything else is wrong with it; within
   * `registry.edit()`, at the end of that.
   */
  handle(handler: ToolHandler<Args>): void {
    this.done(this.draft, handler);
  }

  private with(more: Partial<ToolDraft>): ToolBuilder<Args> {
    return new ToolBuilder({ ...this.draft, ...more }, this.done);
  }
}
