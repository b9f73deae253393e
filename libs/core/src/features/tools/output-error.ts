import { RESULT_NOT_CONFORMING } from '../../messages/log.messages.js';

/** A tool gave what its `output` refuses: its own fault, which only the log tells. */
export class NonConformingResultError extends Error {
  constructor(findings: readonly string[]) {
    super(RESULT_NOT_CONFORMING(findings));
    this.name = 'NonConformingResultError';
  }
}
