const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Whether a text is base64 of the standard alphabet, padded and in one line (RFC 4648, section 4), which every client can decode. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && BASE64.test(text);
}

/** Removes white space and adds the padding. Returns text that is not base64 unchanged. */
export function tidyBase64(text: string): string {
  if (isBase64(text)) return text;
  const line = text.replace(/\s+/g, '');
  const padded = line.padEnd(Math.ceil(line.length / 4) * 4, '=');
  return isBase64(padded) ? padded : text;
}
