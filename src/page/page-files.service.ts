import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Injectable } from '@nestjs/common';

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** A file of the application, as it was written. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const PUBLIC = join(import.meta.dirname, 'public');
const SOURCES = join(import.meta.dirname, '..');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What the page shows of the application: tools and their DTOs. */
const SHOWN = /\.(?:tools|dto)\.ts$/;

/**
 * The files of the page, and the source that it shows. `nest build` copies both beside the compiled code, see
 * `nest-cli.json`. They are read once, so that no request can name a path.
 */
@Injectable()
export class PageFilesService {
  readonly files: ReadonlyMap<string, PageFile> = new Map(
    filesIn(PUBLIC).map((path) => [path, fileAt(path)]),
  );
  readonly sources: readonly SourceFile[] = filesIn(SOURCES)
    .filter((path) => SHOWN.test(path))
    .map((path) => ({ path: `src/${path}`, text: readFileSync(join(SOURCES, path), 'utf8') }));
}

/** The paths below a folder, with `/` on every system. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

function fileAt(path: string): PageFile {
  const type = TYPES[extname(path)];
  if (type === undefined) throw new Error(`The page has no content type for ${path}`);
  return { type, bytes: readFileSync(join(PUBLIC, path)) };
}
