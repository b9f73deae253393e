import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { McpCacheHint } from '../interfaces/mcp-cache-options.interface.js';
import type { McpCall } from '../interfaces/mcp-call.interface.js';
import type {
  DiscoveredMethod,
  McpFeature,
  McpRequestHandler,
} from '../interfaces/mcp-feature.interface.js';
import type { McpSettings } from '../interfaces/options/mcp-settings.interface.js';
import type { PrimitiveKind } from '../interfaces/primitive-kind.interface.js';
import { DUPLICATE_NAME } from '../messages/boot.messages.js';
import { MISSING_NAME, UNKNOWN_PRIMITIVE } from '../messages/call.messages.js';
import { JsonRpcErrorCode } from '../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../protocol/mcp-protocol.exception.js';
import { personalHint } from '../protocol/stateless/cache-hint.js';
import type { PrimitiveLists } from './lists/primitive-lists.js';
import type { PrimitiveCatalog } from './catalog/primitive-catalog.js';
import type { PrimitiveEntry } from './entry/primitive-entry.interface.js';

/**
 * What every feature does whose primitives are listed, and called by name: capabilities, cache hints, duplicates, and
 * requests with `name` and `arguments`.
 */
export abstract class PrimitiveFeature<Entry extends PrimitiveEntry> implements McpFeature {
  abstract readonly requests: Readonly<Record<string, McpRequestHandler>>;
  /** The request that calls an entry: `tools/call`. */
  protected abstract readonly callMethod: string;

  constructor(
    readonly kind: PrimitiveKind,
    private readonly catalog: PrimitiveCatalog<Entry>,
    protected readonly lists: PrimitiveLists<Entry>,
    protected readonly settings: McpSettings,
  ) {}

  abstract add(method: DiscoveredMethod): readonly string[];

  summary(): string {
    const { size } = this.catalog;
    return `${size} ${this.kind.name}${size === 1 ? '' : 's'}`;
  }

  capabilities(): JsonObject {
    return this.catalog.size > 0 ? { [this.kind.list]: { listChanged: true } } : {};
  }

  /** A list that differs between callers may be cached only for its caller. */
  cacheHint(method: string): McpCacheHint | undefined {
    if (method !== `${this.kind.list}/list`) return undefined;
    return this.lists.areShared ? this.settings.cache : personalHint(this.settings.cache);
  }

  reaches(call: McpCall): boolean | Promise<boolean> {
    const { name, arguments: raw = {} } = call.params;
    if (call.method !== this.callMethod || typeof name !== 'string' || !isJsonObject(raw))
      return false;
    const isReached = (entry: Entry | undefined): boolean =>
      entry !== undefined && entry.limiter?.isFull !== true && this.accepts(entry, raw, call);
    const found = this.lists.visible(name, call);
    return found instanceof Promise ? found.then(isReached) : isReached(found);
  }

  /** Whether a call of an entry passes the checks before its guards. */
  protected accepts(_entry: Entry, _raw: JsonObject, _call: McpCall): boolean {
    return true;
  }

  /** Adds an entry at boot. Returns the problems of its name. */
  protected register(entry: Entry): readonly string[] {
    const first = this.catalog.add(entry);
    return first ? [DUPLICATE_NAME(this.kind, entry.name, originOf(first), originOf(entry))] : [];
  }

  /** @throws McpProtocolException when the request does not name an entry. */
  protected nameIn({ params: { name } }: McpCall): string {
    if (typeof name === 'string') return name;
    throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, MISSING_NAME);
  }

  /**
   * The entry that was found for a name.
   * @throws McpProtocolException when there is none, or when the caller may not see it: both look alike.
   */
  protected known(name: string, found: Entry | undefined): Entry {
    if (found !== undefined) return found;
    const message = UNKNOWN_PRIMITIVE({ kind: this.kind.name, name });
    throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, message);
  }
}

function originOf({ where, moduleName }: PrimitiveEntry): string {
  return `${where} of ${moduleName}`;
}
