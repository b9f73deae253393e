import { h } from './dom.js';

/** Code with a button that copies it. The outcome is announced. */
export function copyable(text, label) {
  const code = h('code', {}, text);
  const outcome = h('span', { role: 'status', class: 'soft' });
  const button = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-label': `Copy: ${label}`,
      onclick: async () => {
        outcome.textContent = (await copied(text))
          ? 'Copied'
          : 'Selected: copy it with the keyboard';
        if (outcome.textContent !== 'Copied') getSelection().selectAllChildren(code);
      },
    },
    'Copy',
  );
  return h(
    'div',
    { class: 'copyable' },
    h('pre', { tabindex: 0, role: 'region', 'aria-label': label }, code),
    h('p', { class: 'bar' }, button, outcome),
  );
}

/** There is no clipboard over plain HTTP to another host. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
