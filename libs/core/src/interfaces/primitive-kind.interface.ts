/** What one kind of primitive (tools, prompts, resources) is called, in the protocol and in the application. */
export interface PrimitiveKind {
  /** One of them, in messages and in `McpContext.primitive.kind`: `tool`. */
  readonly name: string;
  /** All of them, as the capability, the list and its notification are named: `tools`. */
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
