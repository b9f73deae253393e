/** How well-known formats begin, in Latin-1. The second text begins at the ninth byte. */
const FORMATS: readonly (readonly [mimeType: string, start: string, ninth?: string])[] = [
  ['image/png', '\x89PNG\r\n\x1A\n'],
  ['image/jpeg', '\xFF\xD8\xFF'],
  ['image/gif', 'GIF87a'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'RIFF', 'WEBP'],
  ['audio/wav', 'RIFF', 'WAVE'],
  ['audio/mpeg', 'ID3'],
  ['audio/mpeg', '\xFF\xFB'],
  ['audio/mpeg', '\xFF\xF3'],
  ['audio/mpeg', '\xFF\xF2'],
  ['audio/ogg', 'OggS'],
  ['application/pdf', '%PDF-'],
];

const NINTH = 8;
const LONGEST = 12;

/** Detects the MIME type from the first bytes. Undefined if the format is not well-known. */
export function mimeTypeOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, LONGEST)).toString('latin1');
  const format = FORMATS.find(
    ([, start, ninth = '']) => head.startsWith(start) && head.startsWith(ninth, NINTH),
  );
  return format?.[0];
}

/** The same for base64. */
export function mimeTypeOfBase64(text: string): string | undefined {
  return mimeTypeOf(Buffer.from(text.slice(0, 2 * LONGEST), 'base64'));
}
