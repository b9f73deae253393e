import type {
  ArgumentsHost,
  ExceptionFilter,
  NestInterceptor,
  PipeTransform,
} from '@nestjs/common';
import type { ContextUtils } from '@nestjs/core/helpers/context-utils.js';
import type { ExternalExceptionFilterContext } from '@nestjs/core/exceptions/external-exception-filter-context.js';
import type { PipesConsumer } from '@nestjs/core/pipes/pipes-consumer.js';
import { catchError, isObservable, throwError } from 'rxjs';
import { contextReader } from '../context/context.decorators.js';
import { attempted, hostWithoutHttp } from './attempted.js';
import { attemptOf, explained } from './http-needed.js';
import { NotedArguments } from './noted-arguments.js';

/** An interceptor whose own errors are explained. Those of the method and of later interceptors pass unchanged. */
export function interceptorWithoutHttp(interceptor: NestInterceptor): NestInterceptor {
  return {
    async intercept(context, next) {
      const noted = new NotedArguments(context.getArgs());
      const attempt = attemptOf('interceptor', interceptor, noted);
      const passing = new Set<unknown>();
      const note = (thrown: unknown) => {
        passing.add(thrown);
        return throwError(() => thrown);
      };
      const explain = (thrown: unknown): unknown =>
        passing.has(thrown) ? thrown : explained(attempt, thrown);
      const own = hostWithoutHttp(context, noted, context);
      const handle = () => next.handle().pipe(catchError(note));
      try {
        const result = await interceptor.intercept(own, { handle });
        if (!isObservable(result)) return result;
        return result.pipe(catchError((thrown: unknown) => throwError(() => explain(thrown))));
      } catch (thrown) {
        throw explain(thrown);
      }
    },
  };
}

/** Nest's pipe stage, with explained errors. A pipe gets no context, but `REQUEST` may be injected. */
export function pipesWithoutHttp(consumer: PipesConsumer): PipesConsumer {
  const apply: PipesConsumer['apply'] = (value, metadata, pipes) =>
    consumer.apply(value, metadata, pipes.map(pipeWithoutHttp));
  return Object.assign(Object.create(consumer) as PipesConsumer, { apply });
}

function pipeWithoutHttp(pipe: PipeTransform): PipeTransform {
  return {
    transform: (value, metadata) =>
      attempted(attemptOf('pipe', pipe), () => pipe.transform(value, metadata) as unknown),
  };
}

type CustomFactory = ContextUtils['getCustomFactory'];

/** Nest's reading of parameter decorators, with explained errors. */
export function parametersWithoutHttp(utils: ContextUtils): ContextUtils {
  const getCustomFactory: CustomFactory = (factory, data, contextOf) => {
    if (contextReader(factory)) return utils.getCustomFactory(factory, data, contextOf);
    return (...args: unknown[]) => {
      const noted = new NotedArguments(args);
      const read = utils.getCustomFactory(factory, data, () => contextOf(noted.args));
      const attempt = { name: 'a parameter decorator', noted };
      return attempted(attempt, () => read(...args));
    };
  };
  return Object.assign(Object.create(utils) as ContextUtils, { getCustomFactory });
}

/** Nest's filter stage, with explained errors. An exception that a filter throws on is not its own. */
export function filtersWithoutHttp(
  filters: ExternalExceptionFilterContext,
): ExternalExceptionFilterContext {
  const own = Object.create(filters) as ExternalExceptionFilterContext;
  const getFilterInstance: typeof own.getFilterInstance = (...args) => {
    const filter = filters.getFilterInstance.call(own, ...args);
    return filter && filterWithoutHttp(filter);
  };
  return Object.assign(own, { getFilterInstance });
}

/** The class of the filter, with the exceptions that it catches, remains that of the original. */
function filterWithoutHttp(filter: ExceptionFilter): ExceptionFilter {
  const value = (exception: unknown, host: ArgumentsHost): unknown => {
    const noted = new NotedArguments(host.getArgs());
    const run = (): unknown => filter.catch(exception, hostWithoutHttp(host, noted));
    return attempted(attemptOf('filter', filter, noted), run, exception);
  };
  return Object.create(filter, { catch: { value } }) as ExceptionFilter;
}
