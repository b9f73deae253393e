import type { Duration } from '../../../interfaces/duration.js';
import type { JsonObject } from '../../../interfaces/json.js';
import type { McpIcon } from '../../../interfaces/mcp-icon.interface.js';
import type { PrimitiveTypeOptions } from '../../../primitives/decorators/mark-type.js';
import type { SchemaLike } from '../../../schema/standard/schema-like.interface.js';

/** Options of `@McpTool()`. Hints that are not set are not sent, so that the protocol's defaults apply. */
export interface McpToolOptions {
  /** Name that clients call. Default: derived from the method (`getWeather` → `get_weather`). */
  name?: string;
  /** Human-readable name. */
  title?: string;
  /** What the tool does, in words for the model. */
  description?: string;
  /**
   * Schema of the arguments, instead of the parameters: `@Param()` then binds the validated value, and
   * `@Param('name')` one property of it. Default: the schema of the parameters.
   */
  input?: SchemaLike;
  /**
   * Schema of the result. It is published, and every result is validated with it. The value is sent as structured
   * content beside its text. Default: none.
   */
  output?: SchemaLike;
  /** Icons that clients may show for the tool. Sent from revision 2025-11-25 on. */
  icons?: readonly McpIcon[];
  /**
   * Further values for clients, as `_meta`: JSON under keys such as `com.example/team`. Sent from revision
   * 2025-06-18 on. Default: the values of `@McpMeta()`.
   */
  meta?: JsonObject;
  /** Hint: the tool does not change anything. */
  readOnly?: boolean;
  /** Hint: the tool may destroy something. Only meaningful if the tool is not read-only. */
  destructive?: boolean;
  /** Hint: calling it twice with the same arguments changes no more than calling it once. */
  idempotent?: boolean;
  /** Hint: the tool uses systems outside of this application, such as the web. */
  openWorld?: boolean;
  /**
   * MIME type of the bytes that the tool returns (`Buffer`, `Uint8Array`): `image/png` makes an image of them.
   * A `StreamableFile`, `Response` or `Blob` has a type of its own. Default: the type of well-known first bytes, or
   * else `application/octet-stream`.
   */
  mimeType?: string;
  /**
   * Time that a call may take; each progress report starts it again. 0 for no limit.
   * Default: the module's `timeout`.
   */
  timeout?: Duration;
  /**
   * Calls that may run at once, over all clients. Further calls wait. Calls beyond `queue` (default: 100) are answered
   * with an error that asks to try again later. Default: no limit.
   */
  concurrency?: number | { readonly limit: number; readonly queue?: number };
}

/** Options of `@McpToolType()`: those of Nest's `@Injectable()`, and the server that has the tools. */
export type McpToolTypeOptions = PrimitiveTypeOptions;

/** Options of a tool added at run time that have no method of their own in the builder. */
export type RunTimeToolOptions = Omit<
  McpToolOptions,
  'name' | 'title' | 'description' | 'input' | 'output'
>;
