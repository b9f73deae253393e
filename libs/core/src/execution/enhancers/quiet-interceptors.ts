import type { NestInterceptor } from '@nestjs/common';
import type { InterceptorsConsumer } from '@nestjs/core/interceptors/interceptors-consumer.js';
import { isObservable } from 'rxjs';
import { interceptorWithoutHttp } from '../without-http/stages-without-http.js';
import { quietTeardown } from '../results/quiet-teardown.js';

/** Nest's interceptor stage, changed so that an error in a `finalize()` does not lose the result. */
export function quietInterceptors(consumer: InterceptorsConsumer): InterceptorsConsumer {
  const known = new WeakMap<readonly NestInterceptor[], NestInterceptor[]>();
  const wrapped = (interceptors: NestInterceptor[], type?: string): NestInterceptor[] => {
    const made =
      known.get(interceptors) ??
      interceptors
        .map((one) => (type === 'mcp' ? interceptorWithoutHttp(one) : one))
        .map(quietInterceptor);
    known.set(interceptors, made);
    return made;
  };
  const intercept: InterceptorsConsumer['intercept'] = async (interceptors, ...rest) => {
    const [args, instance, callback, next, type] = rest;
    if (interceptors.length === 0) return next();
    const quietNext = async (): Promise<unknown> => quiet(await next());
    return consumer.intercept(
      wrapped(interceptors, type),
      args,
      instance,
      callback,
      quietNext,
      type,
    );
  };
  return Object.assign(Object.create(consumer) as InterceptorsConsumer, { intercept });
}

function quietInterceptor(interceptor: NestInterceptor): NestInterceptor {
  return {
    intercept: async (context, next) => quiet(await interceptor.intercept(context, next)),
  };
}

function quiet<Value>(value: Value): Value {
  return isObservable(value) ? (quietTeardown(value) as Value) : value;
}
