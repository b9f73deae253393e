import { IntrinsicException } from '@nestjs/common';

/** Arguments that the rules of a tool refuse; one finding per argument and rule, in words for the model. */
export class InvalidArgumentsError extends IntrinsicException {
  constructor(readonly findings: readonly string[]) {
    super(findings.join('\n'));
    this.name = 'InvalidArgumentsError';
  }
}
