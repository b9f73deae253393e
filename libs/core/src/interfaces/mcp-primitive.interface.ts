/** A tool, or another primitive of the server, as enhancers and logs see it. */
export interface McpPrimitive {
  /** Its kind: `tool`. */
  readonly kind: string;
  /** The name that clients call it by. */
  readonly name: string;
  /** `Class.method()`, or `the tool "name"` if it was added at run time, for reports and logs. */
  readonly where: string;
}
