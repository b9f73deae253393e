import type { InjectableOptions } from '@nestjs/common';
import type { Duration } from '../../interfaces/duration.js';
import type { JsonObject } from '../../interfaces/json.js';
import type { McpIcon } from '../../interfaces/mcp-icon.interface.js';
import type { ServerNames } from '../../interfaces/server-name.js';
import type { SchemaLike } from '../../schema/sources/schema-like.interface.js';

/** Options of `@McpTool()`. Hints that are not set are not sent, so that the protocol's defaults hold. */
export interface McpToolOptions {
  /** Name that clients call. Default: derived from the method (`getWeather` → `get_weather`). */
  name?: string;
  /** Human-readable name. */
  title?: string;
  /** What the tool does, in words for the model. */
  description?: string;
  /**
   * Schema of the arguments, instead of what the parameters say: `@Param()` then binds the validated value,
   * and `@Param('name')` picks from it. Default: that of the parameters.
   */
  input?: SchemaLike;
  /**
   * Schema of what the tool gives: published, and every result is held against it. The value goes out
   * as structured content beside its text. Default: none.
   */
  output?: SchemaLike;
  /** Pictures that clients may show beside the tool; sent from revision 2025-11-25 on. */
  icons?: readonly McpIcon[];
  /**
   * What clients are told beside, as `_meta`: values of JSON under keys such as `com.example/team`. Sent from
   * revision 2025-06-18 on. Default: that of `@McpMeta()`.
   */
  meta?: JsonObject;
  /** Hint: the tool changes nothing. */
  readOnly?: boolean;
  /** Hint: the tool may destroy something. Means something only when it is not read-only. */
  destructive?: boolean;
  /** Hint: calling it twice with the same arguments changes no more than calling it once. */
  idempotent?: boolean;
  /** Hint: the tool reaches beyond this application (the web, other systems). */
  openWorld?: boolean;
  /**
   * What the bytes are that the tool returns (`Buffer`, `Uint8Array`): `image/png` makes an image of them.
   * A `StreamableFile`, `Response` or `Blob` says it itself. Default: what well-known first bytes tell, or else
   * `application/octet-stream`.
   */
  mimeType?: string;
  /**
   * Time that a call may take, and may take again from each progress it tells; 0 for no limit.
   * Default: the module's `timeout`.
   */
  timeout?: Duration;
  /**
   * Calls that may run at once, over all clients; further ones wait in line, and beyond `queue` (default:
   * 100) are told to come back later. Default: no limit.
   */
  concurrency?: number | { readonly limit: number; readonly queue?: number };
}

/** Options of `@McpToolType()`: those of Nest's `@Injectable()`, and where the tools belong. */
export type McpToolTypeOptions = InjectableOptions & {
  /**
   * The server that has the tools of the class, where the application has several, or a list of them.
   * Default: what `include` of a server or `McpModule.forFeature()` says, or else the default server.
   */
  server?: ServerNames;
};

/** What `@McpTool()` wrote down. */
export interface McpToolMetadata extends McpToolOptions {
  /** Types of the parameters as the compiler emitted them; empty where it emitted none. */
  readonly declaredTypes: readonly unknown[];
}
