import { h, uniqueId } from './dom.js';
import { limitsOf, resolved, typeOf } from './schema.js';
import { arrayField, objectField } from './nested-fields.js';

/**
 * The field of a value: an element, `read()` for its value (undefined if it is not to be sent), and `fill(value)`.
 * Nothing is checked here: the server does, and its answer is part of what the page shows.
 */
export function fieldOf({ schema: given, root, label, isRequired }) {
  const schema = resolved(given, root);
  const options = { schema, root, label, isRequired };
  const type = typeOf(schema);
  if (type === 'object' && schema.properties) return objectField(options, fieldOf);
  if (type === 'array') return arrayField(options, fieldOf);
  if (type === 'enum')
    return choiceField(
      options,
      schema.enum.map((value) => [String(value), value]),
    );
  if (type === 'boolean') return isRequired ? checkboxField(options) : choiceField(options, YES_NO);
  if (type === 'string') return textField(options);
  if (type === 'number' || type === 'integer') return numberField(options);
  return jsonField(options);
}

const YES_NO = [
  ['yes', true],
  ['no', false],
];

function textField(options) {
  const { format } = options.schema;
  const type = { 'date-time': 'datetime-local', date: 'date', email: 'email', uri: 'url' }[format];
  const input = h('input', { type: type ?? 'text', autocomplete: 'off' });
  const written = () => (format === 'date-time' && input.value ? isoOf(input.value) : input.value);
  return labelled(options, input, {
    read: () => (input.value === '' && (type || !options.isRequired) ? undefined : written()),
    fill: (value = '') => (input.value = format === 'date-time' ? localOf(value) : value),
  });
}

function numberField(options) {
  const step = options.schema.type === 'integer' ? '1' : 'any';
  const input = h('input', { type: 'number', step });
  return labelled(options, input, {
    read: () => (input.value === '' ? undefined : Number(input.value)),
    fill: (value = '') => (input.value = value),
  });
}

function checkboxField(options) {
  const input = h('input', { type: 'checkbox' });
  return labelled(options, input, {
    read: () => input.checked,
    fill: (value = false) => (input.checked = value),
  });
}

/** A choice of values. What is optional begins with the choice not to send it. */
function choiceField(options, choices) {
  const all = options.isRequired ? choices : [['not sent', undefined], ...choices];
  const select = h(
    'select',
    {},
    all.map(([text], index) => h('option', { value: index }, text)),
  );
  return labelled(options, select, {
    read: () => all[select.value]?.[1],
    fill: (value) =>
      (select.value = Math.max(
        0,
        all.findIndex(([, each]) => each === value),
      )),
  });
}

/** For what has no form of its own. */
function jsonField(options) {
  const area = h('textarea', { rows: 3, spellcheck: 'false', placeholder: 'JSON' });
  return labelled(options, area, {
    read: () => (area.value.trim() === '' ? undefined : parsed(area.value)),
    fill: (value) => (area.value = value === undefined ? '' : JSON.stringify(value)),
  });
}

function labelled({ schema, label, isRequired }, control, access) {
  control.id = uniqueId('field');
  if (isRequired) control.setAttribute('aria-required', 'true');
  const help = [schema.description, ...limitsOf(schema)].filter(Boolean).join(' · ');
  const text = help === '' ? undefined : h('p', { class: 'soft', id: `${control.id}-help` }, help);
  if (text) control.setAttribute('aria-describedby', text.id);
  const mark = isRequired ? h('span', { class: 'required', 'aria-hidden': 'true' }, ' *') : '';
  const element = h(
    'div',
    { class: control.type === 'checkbox' ? 'field check' : 'field' },
    h('label', { for: control.id }, label, mark),
    control,
    text,
  );
  return { element, focus: () => control.focus(), ...access };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isoOf(local) {
  return new Date(local).toISOString();
}

/** The form of a date that an input of this type takes: local, without its zone. */
function localOf(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
