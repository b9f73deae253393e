import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Injectable,
} from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';

interface Response {
  status(code: number): Response;
  /** On Express; `send` is on both. */
  json?: (body: object) => void;
  send(body: object): void;
}

/** What all the filters here say of an exception. */
function bodyOf(exception: unknown): { status: number; body: object } {
  const status = exception instanceof HttpException ? exception.getStatus() : 500;
  const words = exception instanceof HttpException ? exception.message : 'something';
  return { status, body: { statusCode: status, message: `caught: ${words}` } };
}

@Catch()
export class ResponseFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    const { status, body } = bodyOf(exception);
    const response = host.switchToHttp().getResponse<Response>().status(status);
    if (response.json) response.json(body);
    else response.send(body);
  }
}

@Catch()
@Injectable()
export class AdapterFilter implements ExceptionFilter {
  constructor(private readonly host: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const { status, body } = bodyOf(exception);
    this.host.httpAdapter.reply(host.switchToHttp().getResponse(), body, status);
  }
}

@Catch()
export class AsyncFilter implements ExceptionFilter {
  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const { status, body } = bodyOf(exception);
    host.switchToHttp().getResponse<Response>().status(status).send(body);
  }
}

/** As error trackers do it: take note, and leave the answer to Nest. */
@Catch()
export class TrackingFilter extends BaseExceptionFilter {
  readonly tracked: unknown[] = [];

  override catch(exception: unknown, host: ArgumentsHost): void {
    this.tracked.push(exception);
    super.catch(exception, host);
  }
}

@Catch()
export class ReturningFilter implements ExceptionFilter {
  catch(exception: unknown): { recovered: string } {
    return { recovered: (exception as Error).message };
  }
}
