/** A picture that clients may show beside a name (2025-11-25 base protocol, Icons). */
export interface McpIcon {
  /** An `https:` URL, or a `data:` URL with base64 of a PNG, JPEG, WebP, GIF or SVG picture. */
  src: string;
  /** What the picture is, where its server does not say: `image/png`. Default: not sent. */
  mimeType?: string;
  /** Sizes that it is fit for: `48x48`, or `any` for a picture that scales. Default: fit for all. */
  sizes?: readonly string[];
  /** The background that it is made for. Default: fit for both. */
  theme?: 'light' | 'dark';
}
