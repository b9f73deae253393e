import { HttpAdapterHost } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { onHttpAdapter } from './on-http-adapter.js';

/** Nest 11.1.0 to 11.1.4 do not have `init$`. */
function hostWithoutInit(): HttpAdapterHost {
  return Object.defineProperty(new HttpAdapterHost(), 'init$', { value: undefined });
}

describe.each([
  ['with init$', () => new HttpAdapterHost()],
  ['without init$', hostWithoutInit],
])('a host %s', (_, create) => {
  const adapter = new ExpressAdapter();

  it('calls back at once if the adapter is known', () => {
    const host = create();
    host.httpAdapter = adapter;
    const callback = jest.fn();
    onHttpAdapter(host, callback);
    expect(callback.mock.calls).toEqual([[adapter]]);
  });

  it('calls every listener back when the adapter becomes known', () => {
    const host = create();
    const callbacks = [jest.fn(), jest.fn()];
    for (const callback of callbacks) onHttpAdapter(host, callback);
    for (const callback of callbacks) expect(callback).not.toHaveBeenCalled();
    host.httpAdapter = adapter;
    for (const callback of callbacks) expect(callback.mock.calls).toEqual([[adapter]]);
    expect(host.httpAdapter).toBe(adapter);
  });

  it('does not call back without HTTP', () => {
    const host = create();
    const callback = jest.fn();
    onHttpAdapter(host, callback);
    host.httpAdapter = undefined as never;
    expect(callback).not.toHaveBeenCalled();
  });
});
