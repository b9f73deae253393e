import { wellFormed } from './well-formed.js';

const EXTENDED = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i;
const QUOTED = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i;
const TOKEN = /filename\s*=\s*([^";\s]+)/i;

/** The file name of a `Content-Disposition` (RFC 6266), without folders. Undefined if it has none. */
export function fileNameOf(
  disposition: string | readonly string[] | undefined,
): string | undefined {
  const header = typeof disposition === 'string' ? disposition : (disposition ?? []).join('; ');
  const name = extended(header) ?? quoted(header) ?? TOKEN.exec(header)?.[1];
  const base = name?.split(/[/\\]/).at(-1);
  return base === undefined || base === '' ? undefined : wellFormed(base);
}

function extended(header: string): string | undefined {
  try {
    const [, encoded] = EXTENDED.exec(header) ?? [];
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function quoted(header: string): string | undefined {
  return QUOTED.exec(header)?.[1]?.replace(/\\(.)/g, '$1');
}
