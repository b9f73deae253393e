const NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Whether every client accepts the name (2025-11-25 tools, Tool Names). */
export function isPrimitiveName(name: unknown): name is string {
  return typeof name === 'string' && NAME.test(name);
}
