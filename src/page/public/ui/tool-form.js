import { h } from './dom.js';
import { fieldOf } from './fields.js';
import { resultView } from './result.js';
import { SAMPLES, wrongArguments } from './samples.js';

const HINTS = {
  readOnlyHint: 'read-only',
  destructiveHint: 'destructive',
  idempotentHint: 'idempotent',
  openWorldHint: 'open world',
};

/**
 * A tool: a form for its arguments, its progress, and its result.
 * @param call runs the tool: `(args, { signal, onProgress }) => result`
 */
export class ToolForm {
  #call;
  #abort;
  #tool;
  #fields;
  #isRunning = false;
  #submit = h('button', { type: 'submit' });
  #wrong = h('button', { type: 'button', class: 'quiet' }, 'Send wrong arguments');
  #cancel = h('button', { type: 'button', class: 'quiet', hidden: true }, 'Cancel');
  #bar = h('progress', { 'aria-label': 'Progress of the call' });
  #step = h('span', { class: 'soft' });
  #progress = h('p', { class: 'progress', hidden: true }, this.#bar, this.#step);
  #announcement = h('p', { role: 'status', class: 'visually-hidden' });
  #result = h('div', { class: 'result' });

  constructor(tool, call) {
    this.#tool = tool;
    this.#call = call;
    const { inputSchema: schema, name } = tool;
    this.#fields = fieldsOf(schema);
    for (const [key, field] of this.#fields) field.fill(SAMPLES[name]?.[key]);
    this.#submit.textContent = `Call ${name}`;
    this.#wrong.addEventListener('click', () => {
      if (!this.#isRunning) void this.#run(wrongArguments(schema, this.#arguments()));
    });
    this.#cancel.addEventListener('click', () => this.#abort.abort());
    this.element = this.#element();
    this.enable(false);
  }

  /** Calls need a connection. */
  enable(isConnected) {
    this.#submit.disabled = !isConnected;
    this.#wrong.disabled = !isConnected;
  }

  #element() {
    const { description, annotations = {}, inputSchema } = this.#tool;
    const hints = Object.entries(HINTS).filter(([hint]) => annotations[hint] === true);
    const isMarked = (inputSchema.required ?? []).length > 0;
    const form = h(
      'form',
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          if (!this.#isRunning) void this.#run(this.#arguments());
        },
      },
      this.#fields.map(([, { element }]) => element),
      isMarked ? h('p', { class: 'soft' }, '* required') : undefined,
      h('p', { class: 'bar' }, this.#submit, this.#wrong, this.#cancel),
    );
    return h(
      'div',
      {},
      h(
        'p',
        {},
        description,
        hints.map(([, words]) => h('span', { class: 'hint' }, words)),
      ),
      form,
      this.#progress,
      this.#announcement,
      this.#result,
    );
  }

  #arguments() {
    const values = this.#fields.map(([name, field]) => [name, field.read()]);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }

  async #run(args) {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#running(true);
    const began = performance.now();
    const outcome = await this.#call(args, {
      signal,
      onProgress: (progress) => this.#show(progress),
    }).then(
      (result) => ({ result }),
      (error) => ({ error }),
    );
    // Before the button is hidden, so that the focus is not lost with it.
    if (document.activeElement === this.#cancel) this.#submit.focus();
    this.#running(false);
    const ms = Math.round(performance.now() - began);
    const view = resultView({ ...outcome, ms });
    this.#result.replaceChildren(view);
    this.#announcement.textContent = `${this.#tool.name}: ${view.firstElementChild.textContent}`;
  }

  /** The submit button keeps the focus while it has no effect. */
  #running(isRunning) {
    this.#isRunning = isRunning;
    this.#submit.setAttribute('aria-disabled', String(isRunning));
    this.#wrong.setAttribute('aria-disabled', String(isRunning));
    this.#cancel.hidden = !isRunning;
    this.#progress.hidden = true;
    this.#result.replaceChildren();
    if (isRunning) this.#announcement.textContent = `${this.#tool.name} is running`;
  }

  #show({ progress, total, message = '' }) {
    this.#progress.hidden = false;
    if (total === undefined) this.#bar.removeAttribute('value');
    else Object.assign(this.#bar, { max: total, value: progress });
    this.#step.textContent = message;
  }
}

function fieldsOf(schema) {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    fieldOf({ schema: property, root: schema, label: name, isRequired: required.has(name) }),
  ]);
}
