import { BOOT_REPORT } from './boot.messages.js';

/** The application cannot start: one report of everything wrong with its MCP server. */
export class McpBootException extends Error {
  constructor(readonly problems: readonly string[]) {
    super(BOOT_REPORT(problems));
    this.name = 'McpBootException';
  }
}
