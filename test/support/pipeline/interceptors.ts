import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  RequestTimeoutException,
} from '@nestjs/common';
import {
  catchError,
  finalize,
  map,
  type Observable,
  tap,
  throwError,
  timeout,
  TimeoutError,
} from 'rxjs';

@Injectable()
export class WrapInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

export const TIME_LIMIT = 5_000;

/** As the documentation of Nest writes it. */
@Injectable()
export class TimeoutInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      timeout(TIME_LIMIT),
      catchError((error: unknown) =>
        throwError(() =>
          error instanceof TimeoutError ? new RequestTimeoutException('too slow') : error,
        ),
      ),
    );
  }
}

/** Writes down what passes, and looks at the response as access logs do. */
@Injectable()
export class LoggingInterceptor implements NestInterceptor {
  readonly lines: string[] = [];

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const where = `${context.getClass().name}.${context.getHandler().name}`;
    const response = context.switchToHttp().getResponse<{ statusCode: number }>();
    return next.handle().pipe(
      tap({
        next: (value: unknown) => this.lines.push(`${where} ${JSON.stringify(value)}`),
        error: (error: Error) => this.lines.push(`${where} threw ${error.message}`),
      }),
      finalize(() => this.lines.push(`${where} ended ${response.statusCode}`)),
    );
  }
}
