import { h, uniqueId } from './dom.js';

/**
 * Tabs with one panel each (ARIA Authoring Practices): the arrow keys, Home and End move between them.
 * @param entries `{ label, panel }`; `panel` is an element
 * @param chosen called with the index of the tab that is shown
 */
export function tabs(label, entries, chosen = () => undefined) {
  const buttons = entries.map(({ label: text, panel }, index) => {
    panel.id ||= uniqueId('panel');
    panel.setAttribute('role', 'tabpanel');
    const button = h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: uniqueId('tab'),
        'aria-controls': panel.id,
        onclick: () => show(index),
      },
      text,
    );
    panel.setAttribute('aria-labelledby', button.id);
    return button;
  });

  function show(index) {
    for (const [at, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(at === index));
      button.tabIndex = at === index ? 0 : -1;
      entries[at].panel.hidden = at !== index;
    }
    chosen(index);
  }

  function move(event) {
    const at = buttons.indexOf(event.target);
    const last = buttons.length - 1;
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last };
    const to = steps[event.key];
    if (at === -1 || to === undefined) return;
    event.preventDefault();
    const next = to > last ? 0 : to < 0 ? last : to;
    show(next);
    buttons[next].focus();
  }

  const list = h('div', { role: 'tablist', 'aria-label': label, onkeydown: move }, buttons);
  show(0);
  return h(
    'div',
    { class: 'tabs' },
    list,
    entries.map(({ panel }) => panel),
  );
}
