import { TextDecoder } from 'node:util';

/** Bytes of a charset that nobody knows are taken for UTF-8. */
export function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
