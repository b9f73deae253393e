/**
 * Creates an element. Strings become text and never markup, wherever they come from.
 * @param properties attributes; `on…` are listeners, `undefined` and `false` are left out
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return element;
}

export const byId = (id) => document.getElementById(id);

let lastId = 0;
export const uniqueId = (prefix) => `${prefix}-${++lastId}`;
