import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { fileNameOf } from './file-name.js';

/** A file that has not been read yet. */
export interface FileSource {
  /** Opens the file, which can be read once. */
  open(): AsyncIterable<unknown>;
  /** Releases the source of a file that will not be read. */
  discard(): void;
  readonly type: string | undefined;
  readonly name: string | undefined;
  /** The length in bytes. Undefined if it is not known in advance. */
  readonly length: number | undefined;
  /** Whether it is an HTTP response with an error status. */
  readonly failed: boolean;
}

/**
 * Recognizes a `StreamableFile` of Nest, or a `Response`, `Blob` or `File` of the web. Undefined for anything else.
 */
export function fileSourceOf(value: unknown): FileSource | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof StreamableFile) return streamableSource(value);
  if (!('arrayBuffer' in value)) return undefined;
  if (isResponse(value)) return responseSource(value);
  return isBlob(value) ? blobSource(value) : undefined;
}

function streamableSource(file: StreamableFile): FileSource {
  const { type, disposition, length } = file.options;
  const open = (): Readable => file.getStream();
  return {
    open,
    discard: () => void open().destroy(),
    type,
    name: fileNameOf(disposition),
    length,
    failed: false,
  };
}

/** Recognized by its form: a response of undici, or of another realm, is not an instance of the global class. */
interface WebResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: (AsyncIterable<unknown> & { cancel?(): Promise<void> }) | null;
}

function isResponse(value: object): value is WebResponse {
  const { status, headers } = value as Partial<WebResponse>;
  return typeof status === 'number' && typeof headers?.get === 'function' && 'body' in value;
}

const CLIENT_ERROR = 400;

function responseSource({ status, headers, body }: WebResponse): FileSource {
  const length = headers.get('content-length');
  return {
    open: () => body ?? Readable.from([]),
    discard: () => void body?.cancel?.().catch(() => undefined),
    type: headers.get('content-type') ?? undefined,
    name: fileNameOf(headers.get('content-disposition') ?? undefined),
    length:
      length === null || headers.get('content-encoding') !== null ? undefined : Number(length),
    failed: status >= CLIENT_ERROR,
  };
}

interface WebBlob {
  readonly size: number;
  readonly type: string;
  readonly name?: unknown;
  stream(): AsyncIterable<unknown>;
}

function isBlob(value: object): value is WebBlob {
  const { size, type, stream } = value as Partial<WebBlob>;
  return typeof size === 'number' && typeof type === 'string' && typeof stream === 'function';
}

function blobSource(blob: WebBlob): FileSource {
  return {
    open: () => blob.stream(),
    discard: () => undefined,
    type: blob.type === '' ? undefined : blob.type,
    name: typeof blob.name === 'string' ? blob.name : undefined,
    length: blob.size,
    failed: false,
  };
}
