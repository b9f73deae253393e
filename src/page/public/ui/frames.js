import { byId, h } from './dom.js';

/** More than these are dropped, the oldest first. */
const MOST = 200;
/** Messages of more lines are folded. */
const MOST_LINES = 30;

const ARROWS = { out: '→', in: '←' };
const WORDS = { out: 'sent', in: 'received' };

/** What goes over the wire, in the order in which it does. */
export class FrameList {
  #list = byId('frames');
  #waiting = [];
  #isPaused = false;
  #total = 0;

  constructor() {
    byId('frames-pause').addEventListener('click', () => this.#pause(!this.#isPaused));
    byId('frames-clear').addEventListener('click', () => this.#clear());
  }

  /** @param frame `{ direction: 'out' | 'in', title, headers, text }` */
  add(frame) {
    this.#total++;
    const timed = { ...frame, at: new Date() };
    if (this.#isPaused) this.#waiting = [...this.#waiting, timed].slice(-MOST);
    else this.#show(timed);
    this.#count();
  }

  #show(frame) {
    const list = this.#list;
    const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(h('li', { class: frame.direction }, content(frame)));
    while (list.children.length > MOST) list.firstElementChild.remove();
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  }

  #pause(isPaused) {
    this.#isPaused = isPaused;
    byId('frames-pause').setAttribute('aria-pressed', String(isPaused));
    byId('frames-pause').textContent = isPaused ? 'Continue' : 'Pause';
    if (!isPaused) for (const frame of this.#waiting.splice(0)) this.#show(frame);
    this.#count();
  }

  #clear() {
    this.#list.replaceChildren();
    this.#waiting = [];
    this.#total = 0;
    this.#count();
  }

  #count() {
    const waiting = this.#waiting.length > 0 ? `, ${this.#waiting.length} waiting` : '';
    const oldest = this.#total > MOST ? `, the last ${MOST} are kept` : '';
    byId('frames-count').textContent = `${this.#total}${waiting}${oldest}`;
  }
}

function content({ direction, title, headers = {}, text, at }) {
  const lines = [
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(text === '' ? [] : pretty(text).split('\n')),
  ];
  const head = [
    h('time', { datetime: at.toISOString() }, at.toISOString().slice(11, 23)),
    h('span', { class: 'arrow', role: 'img', 'aria-label': WORDS[direction] }, ARROWS[direction]),
    h('span', { class: 'title' }, title),
    h('span', { class: 'gist' }, gistOf(text)),
  ];
  if (lines.length === 0) return h('div', { class: 'head' }, head);
  return h(
    'details',
    { open: lines.length <= MOST_LINES },
    h('summary', { class: 'head' }, head),
    h('pre', {}, lines.join('\n')),
  );
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The method of a message, or what it answers. */
function gistOf(text) {
  try {
    const { method, id, error, params } = JSON.parse(text);
    const name = params?.name === undefined ? '' : ` ${params.name}`;
    if (method !== undefined) return `${method}${name}${id === undefined ? '' : ` #${id}`}`;
    return `${error ? 'error' : 'result'} #${id}`;
  } catch {
    return '';
  }
}
