import { EDIT_REPORT } from './registry.messages.js';

/** An edit of the registry failed, and none of it was applied. The message reports everything that is wrong. */
export class McpEditException extends Error {
  /** Each problem. The message has all of them, so a log that shows an error's properties does not repeat them. */
  declare readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(EDIT_REPORT(problems));
    Object.defineProperty(this, 'problems', { value: problems, enumerable: false });
    this.name = 'McpEditException';
  }
}
