import { RESULT_NOT_CONFORMING } from '../../../messages/log.messages.js';

/**
 * A tool returned a value that its `output` does not allow. That is a bug of the tool; only the log has the details.
 */
export class NonConformingResultError extends Error {
  constructor(findings: readonly string[]) {
    super(RESULT_NOT_CONFORMING(findings));
    this.name = 'NonConformingResultError';
  }
}
