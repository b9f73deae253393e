/** The names of one kind of primitive (tools, prompts, resources), in the protocol and in the application. */
export interface PrimitiveKind {
  /** The singular, for messages and `McpContext.primitive.kind`: `tool`. */
  readonly name: string;
  /** The plural, which names the capability, the list and its notification: `tools`. */
  readonly list: string;
  /** The decorator of classes, for messages: `McpToolType`. */
  readonly typeDecorator: string;
  /** The decorator of methods, for messages: `McpTool`. */
  readonly methodDecorator: string;
  /** Metadata key of {@link typeDecorator}. A string, so that two copies of this package read each other's decorators. */
  readonly typeKey: string;
  /** Metadata key of {@link methodDecorator}. */
  readonly methodKey: string;
}
