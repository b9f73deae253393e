/** What a call is for, as enhancers and logs may know it. */
export interface McpPrimitive {
  /** Name that clients call. */
  readonly name: string;
  /** `Class.method()`, for reports and logs. */
  readonly where: string;
}
