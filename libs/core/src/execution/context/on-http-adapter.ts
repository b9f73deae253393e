import { HttpAdapterHost } from '@nestjs/core';
import { hasHttp } from './context-type.js';

type HttpAdapter = HttpAdapterHost['httpAdapter'];

/**
 * Calls back when the HTTP adapter of the application is known: at once with `NestFactory`, and later in a
 * `TestingModule`. Never calls back without HTTP.
 */
export function onHttpAdapter(
  host: HttpAdapterHost,
  callback: (adapter: HttpAdapter) => void,
): void {
  const ready = (): void => {
    if (hasHttp(host)) callback(host.httpAdapter);
  };
  const { init$ } = host as Partial<HttpAdapterHost>;
  if (init$ !== undefined) init$.subscribe(ready);
  else if (hasHttp(host)) ready();
  else afterAssignment(host, ready);
}

/** Nest 11.1.0 to 11.1.4 do not have `init$`. There the assignment of the adapter is observed. */
function afterAssignment(host: HttpAdapterHost, ready: () => void): void {
  const accessor =
    Reflect.getOwnPropertyDescriptor(host, 'httpAdapter') ??
    Reflect.getOwnPropertyDescriptor(HttpAdapterHost.prototype, 'httpAdapter');
  Object.defineProperty(host, 'httpAdapter', {
    ...accessor,
    configurable: true,
    set(adapter: HttpAdapter) {
      accessor?.set?.call(host, adapter);
      ready();
    },
  });
}
