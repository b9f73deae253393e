import { randomUUID } from 'node:crypto';
import { StreamableFile } from '@nestjs/common';
import { collect } from '../../../execution/yields.js';
import { isContentBlock } from '../content-block.js';
import type { ToolEntry } from '../tool.entry.js';
import { ResultBudget } from './budget.js';
import { fileNameOf } from './file-name.js';
import { FileContent } from './file-content.js';
import { bytesOf } from './plain.js';

const BYTES = 'application/octet-stream';

/** Bytes or files, alone or in a list of them and of content blocks; anything else has none to read. */
export function hasFiles(value: unknown): boolean {
  if (!Array.isArray(value)) return isFile(value);
  const items: readonly unknown[] = value;
  return items.some(isFile) && items.every((item) => isFile(item) || isContentBlock(item));
}

/**
 * The same with every file read.
 * @throws McpException when they are too large; none is read further than that.
 */
export async function readFiles(
  value: unknown,
  tool: ToolEntry,
  signal: AbortSignal,
  limitBytes: number,
): Promise<unknown> {
  const reader = new FileReader(tool, new ResultBudget(tool.name, limitBytes), signal);
  if (!Array.isArray(value)) return reader.content(value);
  const items: readonly unknown[] = value;
  try {
    const contents: unknown[] = [];
    for (const item of items) contents.push(isFile(item) ? await reader.content(item) : item);
    return contents;
  } catch (error) {
    // Those that were not read hold what they read from.
    for (const item of items) if (item instanceof StreamableFile) item.getStream().destroy();
    throw error;
  }
}

class FileReader {
  constructor(
    private readonly tool: ToolEntry,
    private readonly budget: ResultBudget,
    private readonly signal: AbortSignal,
  ) {}

  async content(file: unknown): Promise<FileContent> {
    const bytes = bytesOf(file);
    if (bytes !== undefined)
      return new FileContent(bytes, this.tool.mimeType ?? BYTES, this.uriOf(undefined));
    return this.streamed(file as StreamableFile);
  }

  private async streamed(file: StreamableFile): Promise<FileContent> {
    const { type, disposition, length } = file.options;
    const stream = file.getStream();
    if (length !== undefined && length > this.budget.bytes) {
      stream.destroy();
      throw this.budget.exceeded();
    }
    const chunks = await collect(stream, {
      signal: this.signal,
      limitBytes: this.budget.bytes,
      tooLarge: () => this.budget.exceeded(),
    });
    const bytes = Buffer.concat(
      chunks.map((chunk) => bytesOf(chunk) ?? Buffer.from(String(chunk))),
    );
    this.budget.spend(bytes.byteLength);
    return new FileContent(
      bytes,
      type ?? this.tool.mimeType ?? BYTES,
      this.uriOf(fileNameOf(disposition)),
    );
  }

  /** A resource has to have a URI, and no two of them the same one. */
  private uriOf(fileName: string | undefined): string {
    const name = fileName === undefined ? '' : `/${encodeURIComponent(fileName)}`;
    return `result://${this.tool.name}/${randomUUID()}${name}`;
  }
}

function isFile(value: unknown): boolean {
  return value instanceof StreamableFile || bytesOf(value) !== undefined;
}
