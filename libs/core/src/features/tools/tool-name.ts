const TOOL_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Names that every client takes (2025-11-25 tools, Tool Names). */
export function isToolName(name: unknown): name is string {
  return typeof name === 'string' && TOOL_NAME.test(name);
}
