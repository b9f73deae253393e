import type { ContentBlock } from '../protocol/sdk.js';
import { base64Of } from './content.js';
import type { ResultBudget } from './budget.js';
import { decoderFor } from './decoder.js';

/** Types of text whose name does not begin with `text/`. SVG counts as an image. */
const JSON_OR_XML = /^application\/(?:[\w.-]+\+)?(?:json|xml)\s*(?:;|$)/i;

/** Bytes that a method returned, with their MIME type and URI. */
export class FileContent {
  constructor(
    readonly bytes: Uint8Array,
    readonly mimeType: string,
    /** Identifies them; generated if they have none. */
    readonly uri: string,
  ) {}

  /**
   * The most suitable block: images and audio as such, text as text, anything else as a resource.
   * @throws McpException when the block would be too large. It is thrown before anything is encoded.
   */
  toBlock(budget: ResultBudget): ContentBlock {
    const { bytes, mimeType, uri } = this;
    const [kind] = mimeType.toLowerCase().split('/');
    if (kind === 'text' || JSON_OR_XML.test(mimeType))
      return { type: 'text', text: this.text(budget) };
    budget.spendBase64(bytes.byteLength);
    const base64 = base64Of(bytes);
    if (kind === 'image' || kind === 'audio') return { type: kind, data: base64, mimeType };
    return { type: 'resource', resource: { uri, mimeType, blob: base64 } };
  }

  private text(budget: ResultBudget): string {
    budget.spend(this.bytes.byteLength);
    const [, charset = 'utf-8'] = /;\s*charset="?([^\s";]+)/i.exec(this.mimeType) ?? [];
    return decoderFor(charset).decode(this.bytes);
  }
}
