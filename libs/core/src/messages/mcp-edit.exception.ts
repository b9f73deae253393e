import { EDIT_REPORT } from './registry.messages.js';

/** An edit of the registry failed, and none of it was applied. The message reports everything that is wrong. */
export class McpEditException extends Error {
  constructor(readonly problems: readonly string[]) {
    super(EDIT_REPORT(problems));
    this.name = 'McpEditException';
  }
}
