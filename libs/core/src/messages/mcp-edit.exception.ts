import { EDIT_REPORT } from './registry.messages.js';

/** An edit of the registry could not be done, and nothing of it was: everything wrong with it, in one report. */
export class McpEditException extends Error {
  constructor(readonly problems: readonly string[]) {
    super(EDIT_REPORT(problems));
    this.name = 'McpEditException';
  }
}
