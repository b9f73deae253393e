import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Refusal } from '../../shared/refusal.js';
import { sendRefusal } from './send-refusal.js';

/**
 * Sends refusals. It is bound to the controllers of the transports, so that a global filter cannot change a
 * refusal.
 */
@Injectable()
@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(refusal: Refusal, host: ArgumentsHost): void {
    sendRefusal(this.host.httpAdapter, host.switchToHttp().getResponse<object>(), refusal);
  }
}
