import { BadRequestException } from '@nestjs/common';

/**
 * A failure to report to the model. Its message becomes the result of the call, with `isError`, so that the model can
 * correct itself. The messages of errors that are not HTTP exceptions are masked instead. It is a
 * `BadRequestException` (400), so that exception filters of the application also show its message.
 */
export class McpException extends BadRequestException {
  constructor(message: string) {
    super(message);
    this.name = 'McpException';
  }
}
