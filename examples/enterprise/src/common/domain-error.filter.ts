import { type ArgumentsHost, Catch, ConflictException } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { DomainError } from './domain-error.js';

@Catch(DomainError)
export class DomainErrorFilter extends BaseExceptionFilter {
  override catch({ code, message }: DomainError, host: ArgumentsHost): void {
    super.catch(new ConflictException({ statusCode: 409, code, message }), host);
  }
}
