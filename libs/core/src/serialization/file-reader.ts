import { randomUUID } from 'node:crypto';
import { collect } from '../execution/results/yields.js';
import { isJsonObject } from '../interfaces/json.js';
import type { McpPrimitive } from '../interfaces/mcp-primitive.interface.js';
import { isCallResult, isContentBlock } from './content-block.js';
import { ResultBudget } from './budget.js';
import { FileContent } from './file-content.js';
import { type FileSource, fileSourceOf } from './file-source.js';
import { mimeTypeOf } from './known-bytes.js';
import { bytesOf } from './plain.js';

const BYTES = 'application/octet-stream';

/** The primitive that returned files. */
type FileOwner = Pick<McpPrimitive, 'kind' | 'name'> & {
  /** MIME type of its bytes; undefined to detect it. */
  readonly mimeType?: string | undefined;
};

/**
 * Whether a value has bytes or files: a file by itself, one in the content of a result, or one in a list of files,
 * content blocks and strings.
 */
export function hasFiles(value: unknown): boolean {
  if (Array.isArray(value)) return isListWithFiles(value);
  if (isFile(value)) return true;
  return (
    isJsonObject(value) &&
    Array.isArray(value.content) &&
    isListWithFiles(value.content) &&
    isCallResult({ ...value, content: [] })
  );
}

/**
 * Returns the same value with every file read.
 * @throws McpException when the files are too large. Reading stops there.
 */
export async function readFiles(
  value: unknown,
  owner: FileOwner,
  signal: AbortSignal,
  limitBytes: number,
): Promise<unknown> {
  const reader = new FileReader(owner, new ResultBudget(owner, limitBytes), signal);
  if (Array.isArray(value)) return reader.list(value);
  const source = fileSourceOf(value);
  if (source?.failed === true) return { content: [await reader.read(source)], isError: true };
  if (source !== undefined) return reader.read(source);
  if (!isJsonObject(value) || bytesOf(value) !== undefined) return reader.item(value);
  return { ...value, content: await reader.list(value.content as unknown[]) };
}

class FileReader {
  constructor(
    private readonly owner: FileOwner,
    private readonly budget: ResultBudget,
    private readonly signal: AbortSignal,
  ) {}

  async list(items: readonly unknown[]): Promise<unknown[]> {
    try {
      const contents: unknown[] = [];
      for (const item of items) contents.push(await this.item(item));
      return contents;
    } catch (error) {
      // Files that were not read still hold their source.
      for (const item of items) fileSourceOf(item)?.discard();
      throw error;
    }
  }

  /** A value that is not a file stays as it is. */
  async item(item: unknown): Promise<unknown> {
    const bytes = bytesOf(item);
    if (bytes !== undefined) return this.content(bytes, undefined, undefined);
    const source = fileSourceOf(item);
    return source ? this.read(source) : item;
  }

  async read(source: FileSource): Promise<FileContent> {
    if (source.length !== undefined && source.length > this.budget.bytes) {
      source.discard();
      throw this.budget.exceeded();
    }
    const chunks = await collect(source.open(), {
      signal: this.signal,
      limitBytes: this.budget.bytes,
      tooLarge: () => this.budget.exceeded(),
    });
    const bytes = Buffer.concat(
      chunks.map((chunk) => bytesOf(chunk) ?? Buffer.from(String(chunk))),
    );
    this.budget.spend(bytes.byteLength);
    return this.content(bytes, source.type, source.name);
  }

  private content(
    bytes: Uint8Array,
    type: string | undefined,
    name: string | undefined,
  ): FileContent {
    const mimeType = type ?? this.owner.mimeType ?? mimeTypeOf(bytes) ?? BYTES;
    return new FileContent(bytes, mimeType, this.uriOf(name));
  }

  /** Every resource needs a URI of its own. */
  private uriOf(fileName: string | undefined): string {
    const name = fileName === undefined ? '' : `/${encodeURIComponent(fileName)}`;
    return `result://${this.owner.name}/${randomUUID()}${name}`;
  }
}

function isListWithFiles(items: readonly unknown[]): boolean {
  return (
    items.some(isFile) &&
    items.every((item) => typeof item === 'string' || isFile(item) || isContentBlock(item))
  );
}

function isFile(value: unknown): boolean {
  return (
    typeof value === 'object' && (bytesOf(value) !== undefined || fileSourceOf(value) !== undefined)
  );
}
