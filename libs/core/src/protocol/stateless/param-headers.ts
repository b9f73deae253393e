import { isJsonObject, type JsonSchema } from '../../interfaces/json.js';
import {
  HEADER_NOT_A_TOKEN,
  HEADER_OF_NO_PRIMITIVE,
  HEADER_NOT_OF_ARGUMENT,
  DUPLICATE_HEADER,
} from '../../messages/header.messages.js';
import { subschemasOf } from '../codecs/subschemas.js';

/** The schema keyword that names the header of an argument (2026-07-28 tools, x-mcp-header). */
export const X_MCP_HEADER = 'x-mcp-header';

const HEADER_PREFIX = 'Mcp-Param-';

/** An argument that clients repeat in a header. */
export interface ParamHeader {
  /** `Mcp-Param-Region`. */
  readonly headerName: string;
  /** The names of the properties on the path to the argument. */
  readonly path: readonly string[];
}

/** The headers of a tool's arguments, and all problems with them. */
export interface ParamHeaders {
  /** Undefined if there are none. */
  readonly headers: readonly ParamHeader[] | undefined;
  readonly problems: readonly string[];
}

/** `1*tchar` of RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const PRIMITIVES: ReadonlySet<unknown> = new Set(['string', 'integer', 'boolean']);

/**
 * Finds the `x-mcp-header`s of a tool's input schema, and the problems for which clients would refuse the tool: names
 * that are not a token or not unique, arguments that are not of one primitive type, and headers outside of a chain of
 * `properties` (2026-07-28 Streamable HTTP, Schema Extension).
 */
export function paramHeaders(inputSchema: JsonSchema): ParamHeaders {
  const search = new HeaderSearch();
  search.within(inputSchema, []);
  const { headers, problems } = search;
  return { headers: headers.length > 0 ? headers : undefined, problems };
}

class HeaderSearch {
  readonly headers: ParamHeader[] = [];
  readonly problems: string[] = [];
  private readonly owners = new Map<string, string>();

  within(schema: JsonSchema, path: readonly string[]): void {
    if (X_MCP_HEADER in schema) this.found(schema, path);
    const { properties, ...others } = schema;
    if (isJsonObject(properties))
      for (const [name, property] of Object.entries(properties))
        if (isJsonObject(property)) this.within(property, [...path, name]);
    if (subschemasOf(others).some(holdsHeader))
      this.problems.push(HEADER_NOT_OF_ARGUMENT(pathTextOf(path)));
  }

  private found({ type, [X_MCP_HEADER]: header }: JsonSchema, path: readonly string[]): void {
    const argument = pathTextOf(path);
    if (path.length === 0) return void this.problems.push(HEADER_NOT_OF_ARGUMENT(argument));
    if (typeof header !== 'string' || !TOKEN.test(header))
      return void this.problems.push(HEADER_NOT_A_TOKEN(argument));
    if (!PRIMITIVES.has(type)) this.problems.push(HEADER_OF_NO_PRIMITIVE(argument, header));
    const first = this.owners.get(header.toLowerCase());
    if (first !== undefined) this.problems.push(DUPLICATE_HEADER(argument, header, first));
    this.owners.set(header.toLowerCase(), argument);
    this.headers.push({ headerName: `${HEADER_PREFIX}${header}`, path });
  }
}

function holdsHeader(schema: JsonSchema): boolean {
  return X_MCP_HEADER in schema || subschemasOf(schema).some(holdsHeader);
}

function pathTextOf(path: readonly string[]): string {
  return path.length === 0 ? 'the arguments' : `argument "${path.join('.')}"`;
}
