import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Refusal } from '../../shared/refusal.js';
import { sendRefusal } from './send-refusal.js';

/** Bound to our controllers, so that a global filter never gets to reword a refusal. */
@Injectable()
@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(refusal: Refusal, host: ArgumentsHost): void {
    sendRefusal(this.host.httpAdapter, host.switchToHttp().getResponse<object>(), refusal);
  }
}
