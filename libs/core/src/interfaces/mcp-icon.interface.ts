/** A picture that clients may show beside a name (2025-11-25 base protocol, Icons). */
export interface McpIcon {
  /** An `https:` URL, or a `data:` URL with a PNG, JPEG, WebP, GIF or SVG picture in base64. */
  src: string;
  /** The type of the picture, such as `image/png`, if its URL does not say. Default: not sent. */
  mimeType?: string;
  /** Sizes that the picture suits: `48x48`, or `any` for a picture that scales. Default: every size. */
  sizes?: readonly string[];
  /** The background that the picture is made for. Default: both. */
  theme?: 'light' | 'dark';
}
