import { IntrinsicException } from '@nestjs/common';

/** The arguments break rules of the tool. There is one finding for each argument and rule, worded for the model. */
export class InvalidArgumentsError extends IntrinsicException {
  constructor(readonly findings: readonly string[]) {
    super(findings.join('\n'));
    this.name = 'InvalidArgumentsError';
  }
}
