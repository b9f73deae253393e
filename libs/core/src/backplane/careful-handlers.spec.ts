import type { BackplaneHandlers } from '../interfaces/backplane/backplane.interface.js';
import { carefulHandlers } from './careful-handlers.js';
import type { BusEvent, Envelope } from '../interfaces/backplane/envelope.interface.js';

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

describe('careful handlers', () => {
  it('pass on an envelope once, however often it arrives', () => {
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

  it.each([
    ['of another version', { ...envelope('1'), v: 2 }],
    ['of another kind', { ...envelope('1'), kind: 'forward' }],
    ['without a principal', { ...envelope('1'), ph: undefined }],
    ['with an object for data', { ...envelope('1'), data: {} }],
    ['that is null', null],
    ['that is text', 'poison'],
  ])('drop an envelope %s, and log it', (_, value) => {
    const { inner, handlers, onFailure } = recording();
    handlers.onEnvelope(value as Envelope);
    expect(inner.onEnvelope).not.toHaveBeenCalled();
    expect(onFailure).toHaveBeenCalledWith(expect.any(TypeError));
  });

  it.each([
    ['of another kind', { kind: 'restart' }],
    ['of a kind that objects inherit', { kind: 'constructor' }],
    ['that closes nothing', { kind: 'close' }],
    ['that cancels by no principal', { kind: 'cancel', sid: 's', requestId: 1 }],
    ['that cancels a fraction', { kind: 'cancel', sid: 's', ph: 'p', requestId: 0.5 }],
    ['of a list without a name', { kind: 'list_changed', server: 'orders', feature: 7 }],
    ['that is a list', []],
  ])('drop a bus event %s, and log it', (_, value) => {
    const { inner, handlers, onFailure } = recording();
    handlers.onBus(value as BusEvent, 'node-1');
    expect(inner.onBus).not.toHaveBeenCalled();
    expect(onFailure).toHaveBeenCalledWith(expect.any(TypeError));
  });

  it.each<BusEvent>([
    { kind: 'cancel', sid: 's', ph: 'p', requestId: '1', reason: 'bored' },
    { kind: 'cancel', sid: 's', ph: 'p', requestId: 0 },
    { kind: 'close', sid: 's' },
    { kind: 'list_changed', server: 'orders', feature: 'resources' },
  ])('pass a bus event on: %j', (event) => {
    const { inner, handlers } = recording();
    handlers.onBus(event, 'node-1');
    expect(inner.onBus).toHaveBeenCalledWith(event, 'node-1');
  });

  it('never throw, and log the error', () => {
    const failure = new Error('poison');
    const { handlers, onFailure } = recording(() => {
      throw failure;
    });
    handlers.onEnvelope(envelope('1'));
    expect(onFailure.mock.calls).toEqual([[failure]]);
  });

  it('do not pass on an envelope again when the first attempt failed', () => {
    const { inner, handlers } = recording(() => {
      throw new Error('poison');
    });
    handlers.onEnvelope(envelope('1'));
    handlers.onEnvelope(envelope('1'));
    expect(inner.onEnvelope).toHaveBeenCalledTimes(1);
  });

  it('pass gaps on', () => {
    const { inner, handlers } = recording();
    handlers.onGap('epoch');
    expect(inner.onGap).toHaveBeenCalledWith('epoch');
  });
});
