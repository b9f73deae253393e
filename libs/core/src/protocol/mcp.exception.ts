import { IntrinsicException } from '@nestjs/common';

/**
 * A failure that the model may know of: its message becomes the result of the call, with `isError` set, so
 * that the model can correct itself. The message of any other error is masked.
 */
export class McpException extends IntrinsicException {
  constructor(message: string) {
    super(message);
    this.name = 'McpException';
  }
}
