import type { CallTerms } from '../../execution/notifications/call-terms.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import { logData } from '../../serialization/log-data.js';

/** The terms of a server's calls. */
export function callTermsOf({ limits }: McpSettings): CallTerms {
  const { progressPerSecond, logPerSecond } = limits;
  return { progressPerSecond, logPerSecond, logData };
}
