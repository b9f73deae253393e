import { h } from './dom.js';
import { limitsOf, resolved } from './schema.js';

const isEmpty = (value) => Object.values(value).every((each) => each === '' || each === false);

/** The properties of an object. One that is optional and empty is not sent. */
export function objectField({ schema, root, label, isRequired }, fieldOf) {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties).map(([name, property]) => [
    name,
    fieldOf({ schema: property, root, label: name, isRequired: required.has(name) }),
  ]);
  const read = () => {
    const values = fields.map(([name, field]) => [name, field.read()]);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  };
  return {
    element: group(
      label,
      schema,
      isRequired,
      fields.map(([, { element }]) => element),
    ),
    focus: () => fields[0]?.[1].focus(),
    read: () => (isRequired || !isEmpty(read()) ? read() : undefined),
    fill: (value) => fields.forEach(([name, field]) => field.fill(value?.[name])),
  };
}

/** A list with buttons that add and remove entries. The focus moves to what was added, or back to the button. */
export function arrayField({ schema, root, label, isRequired }, fieldOf) {
  const items = resolved(schema.items ?? {}, root);
  const list = h('ol', { class: 'entries' });
  const entries = [];
  const renumber = () =>
    entries.forEach(({ remove }, at) =>
      remove.setAttribute('aria-label', `Remove entry ${at + 1} of ${label}`),
    );

  function add(value) {
    const field = fieldOf({ schema: items, root, label: 'entry', isRequired: true });
    const remove = h('button', { type: 'button', class: 'quiet' }, 'Remove');
    const row = h('li', {}, field.element, remove);
    const entry = { field, remove, row };
    remove.addEventListener('click', () => {
      entries.splice(entries.indexOf(entry), 1);
      row.remove();
      renumber();
      addButton.focus();
    });
    entries.push(entry);
    list.append(row);
    field.fill(value);
    renumber();
    return field;
  }

  const addButton = h(
    'button',
    { type: 'button', class: 'quiet', onclick: () => add().focus() },
    `Add to ${label}`,
  );
  return {
    element: group(label, schema, isRequired, [list, addButton]),
    focus: () => addButton.focus(),
    read: () => {
      if (entries.length === 0 && !isRequired) return undefined;
      return entries.map(({ field }) => field.read());
    },
    fill(values = []) {
      entries.length = 0;
      list.replaceChildren();
      for (const value of values) add(value);
    },
  };
}

function group(label, schema, isRequired, children) {
  const mark = isRequired ? h('span', { class: 'required', 'aria-hidden': 'true' }, ' *') : '';
  const help = [schema.description, ...limitsOf(schema)].filter(Boolean).join(' · ');
  const text = help === '' ? undefined : h('p', { class: 'soft' }, help);
  return h('fieldset', {}, h('legend', {}, label, mark), text, children);
}
