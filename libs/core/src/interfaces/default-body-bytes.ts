/** Default of `limits.bodyBytes`; other limits are held against it. */
export const DEFAULT_BODY_BYTES = 4 * 1024 * 1024;
