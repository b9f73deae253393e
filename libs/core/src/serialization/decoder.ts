import { TextDecoder } from 'node:util';

/** Bytes of an unknown charset are decoded as UTF-8. */
export function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
