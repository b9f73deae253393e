/** A tool, or another primitive of the server, as enhancers and logs see it. */
export interface McpPrimitive {
  /** What it is: `tool`. */
  readonly kind: string;
  /** Name that clients call. */
  readonly name: string;
  /** `Class.method()`, for reports and logs. */
  readonly where: string;
}
