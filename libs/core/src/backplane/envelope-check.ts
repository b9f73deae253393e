import { isJsonObject, type JsonObject } from '../interfaces/json.js';
import type { BusEvent, Envelope } from '../interfaces/backplane/envelope.interface.js';

const KINDS: readonly unknown[] = ['deliver', 'reply', 'close'] satisfies Envelope['kind'][];

/** Whether a value has the form of an envelope. An engine may hold data of other versions or of other programs. */
export function isEnvelope(value: unknown): value is Envelope {
  return (
    isJsonObject(value) &&
    value.v === 1 &&
    KINDS.includes(value.kind) &&
    areStrings(value, ['id', 'sid', 'ph', 'server', 'data'])
  );
}

const BUS_FORMS: Readonly<Record<BusEvent['kind'], (event: JsonObject) => boolean>> = {
  cancel: (event) =>
    areStrings(event, ['sid', 'ph']) &&
    (typeof event.requestId === 'string' || Number.isSafeInteger(event.requestId)) &&
    (event.isWhole !== true || isDigits(event.requestId)) &&
    (event.reason === undefined || typeof event.reason === 'string'),
  changed: (event) => areStrings(event, ['sid']),
  close: (event) => areStrings(event, ['sid']),
  list_changed: (event) => areStrings(event, ['server', 'feature']),
};

/** Whether a value has the form of a bus event. */
export function isBusEvent(value: unknown): value is BusEvent {
  return (
    isJsonObject(value) &&
    typeof value.kind === 'string' &&
    Object.hasOwn(BUS_FORMS, value.kind) &&
    BUS_FORMS[value.kind as BusEvent['kind']](value)
  );
}

/** At most the digits that an id in a message can have. */
function isDigits(text: unknown): boolean {
  return typeof text === 'string' && /^-?\d{1,256}$/.test(text);
}

function areStrings(value: JsonObject, names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'string');
}
