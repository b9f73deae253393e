import { BadRequestException } from '@nestjs/common';

/**
 * A failure that the model may know of: its message becomes the result of the call, with `isError` set, so
 * that the model can correct itself. The message of any error that is no HTTP exception is masked.
 * It is a 400 to the filters of the application, as which they show its message, too.
 */
export class McpException extends BadRequestException {
  constructor(message: string) {
    super(message);
    this.name = 'McpException';
  }
}
