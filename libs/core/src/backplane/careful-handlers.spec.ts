import type { BackplaneHandlers } from './backplane.interface.js';
import { carefulHandlers } from './careful-handlers.js';
import type { Envelope } from './envelope.interface.js';

const envelope = (id: string, data = ''): Envelope => ({
  v: 1,
  id,
  kind: 'deliver',
  sid: 's',
  ph: 'p',
  server: 'orders',
  data,
});

function recording(onEnvelope: (envelope: Envelope) => void = () => undefined) {
  const inner = {
    onEnvelope: jest.fn(onEnvelope),
    onBus: jest.fn(),
    onGap: jest.fn(),
  } satisfies BackplaneHandlers;
  const onFailure = jest.fn();
  return { inner, onFailure, handlers: carefulHandlers(inner, onFailure) };
}

describe('handlers that are careful', () => {
  it('take an envelope once, however often it comes', () => {
    const { inner, handlers } = recording();
    for (const id of ['1', '2', '1', '1', '2', '3']) handlers.onEnvelope(envelope(id));
    expect(inner.onEnvelope).toHaveBeenCalledTimes(3);
  });

  it('remember the latest 10,000 ids, and no more', () => {
    const { inner, handlers } = recording();
    for (let id = 0; id <= 10_000; id++) handlers.onEnvelope(envelope(`${id}`));
    handlers.onEnvelope(envelope('1'));
    expect(inner.onEnvelope).toHaveBeenCalledTimes(10_001);
    handlers.onEnvelope(envelope('0'));
    expect(inner.onEnvelope).toHaveBeenCalledTimes(10_002);
  });

  it('drop an envelope of another version', () => {
    const { inner, handlers } = recording();
    handlers.onEnvelope({ ...envelope('1'), v: 2 as 1 });
    expect(inner.onEnvelope).not.toHaveBeenCalled();
  });

  it('never throw, and tell what was thrown', () => {
    const failure = new Error('poison');
    const { handlers, onFailure } = recording(() => {
      throw failure;
    });
    handlers.onEnvelope(envelope('1'));
    expect(onFailure.mock.calls).toEqual([[failure]]);
  });

  it('do not hand an envelope on a second time when the first time failed', () => {
    const { inner, handlers } = recording(() => {
      throw new Error('poison');
    });
    handlers.onEnvelope(envelope('1'));
    handlers.onEnvelope(envelope('1'));
    expect(inner.onEnvelope).toHaveBeenCalledTimes(1);
  });

  it('pass bus events and gaps on', () => {
    const { inner, handlers } = recording();
    handlers.onBus({ kind: 'close', sid: 's' }, 'node-1');
    handlers.onGap('epoch');
    expect(inner.onBus).toHaveBeenCalledWith({ kind: 'close', sid: 's' }, 'node-1');
    expect(inner.onGap).toHaveBeenCalledWith('epoch');
  });
});
