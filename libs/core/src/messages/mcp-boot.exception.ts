import { BOOT_REPORT } from './boot.messages.js';

/** The application cannot start: one report of everything wrong with its MCP server. */
export class McpBootException extends Error {
  /** Each problem. The message has all of them, so a log that shows an error's properties does not repeat them. */
  declare readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(BOOT_REPORT(problems));
    Object.defineProperty(this, 'problems', { value: problems, enumerable: false });
    this.name = 'McpBootException';
  }
}
