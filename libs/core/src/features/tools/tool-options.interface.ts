import type { InjectableOptions } from '@nestjs/common';

/** Options of `@McpTool()`. Hints that are not set are not sent, so that the protocol's defaults hold. */
export interface McpToolOptions {
  /** Name that clients call. Default: derived from the method (`getWeather` → `get_weather`). */
  name?: string;
  /** Human-readable name. */
  title?: string;
  /** What the tool does, in words for the model. */
  description?: string;
  /** Hint: the tool changes nothing. */
  readOnly?: boolean;
  /** Hint: the tool may destroy something. Means something only when it is not read-only. */
  destructive?: boolean;
  /** Hint: calling it twice with the same arguments changes no more than calling it once. */
  idempotent?: boolean;
  /** Hint: the tool reaches beyond this application (the web, other systems). */
  openWorld?: boolean;
}

/** Options of `@McpToolType()`: those of Nest's `@Injectable()`. */
export type McpToolTypeOptions = InjectableOptions;

/** What `@McpTool()` wrote down. */
export interface McpToolMetadata extends McpToolOptions {
  /** Types of the parameters as the compiler emitted them; empty where it emitted none. */
  readonly declaredTypes: readonly unknown[];
}
