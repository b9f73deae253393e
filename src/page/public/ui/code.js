import { byId, h } from './dom.js';
import { tabs } from './tabs.js';

const TOKENS =
  /(?<comment>\/\*[\s\S]*?\*\/|\/\/[^\n]*)|(?<string>'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|(?<decorator>@[\w.]+)|(?<keyword>\b(?:import|export|from|class|enum|constructor|private|readonly|return|throw|new|const|for|await|async|of|static|type|interface|extends)\b)|(?<number>\b\d[\d_.]*\b)/g;

const camel = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

let files = [];

/** The source files of the application, as the server has them. */
export async function loadCode() {
  const response = await fetch('/page/sources');
  files = await response.json();
}

/** Shows the file with the method of a tool, with the method marked, and the DTOs that the file imports. */
export function showCode(toolName) {
  const method = new RegExp(`^ {2}(?:async )?${camel(toolName)}\\(`, 'm');
  const own = files.find(({ text }) => method.test(text));
  if (own === undefined) return byId('code').replaceChildren();
  const dtos = files.filter(
    ({ path }) =>
      path.endsWith('.dto.ts') && own.text.includes(`/${nameOf(path).replace(/ts$/, 'js')}'`),
  );
  const entries = [own, ...dtos].map((file) => ({
    label: nameOf(file.path),
    panel: view(file, file === own ? method : undefined),
  }));
  byId('code').replaceChildren(tabs('Files', entries));
  const marked = byId('code').querySelector('.marked');
  const pre = marked?.closest('pre');
  if (pre) pre.scrollTop = marked.offsetTop - pre.offsetTop - 60;
}

function nameOf(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}

function view({ path, text }, method) {
  const [from, to] = method === undefined ? [0, 0] : rangeOf(text, method);
  return h(
    'figure',
    {},
    h('figcaption', {}, path),
    h(
      'pre',
      { tabindex: 0, role: 'region', 'aria-label': `Source of ${path}` },
      h(
        'code',
        {},
        highlighted(text.slice(0, from)),
        to > from ? h('span', { class: 'marked' }, highlighted(text.slice(from, to))) : undefined,
        highlighted(text.slice(to).trimEnd()),
      ),
    ),
  );
}

/** From the decorator of a method to its closing brace. */
function rangeOf(text, method) {
  const at = text.search(method);
  const from = text.lastIndexOf('  @McpTool(', at);
  const end = text.indexOf('\n  }\n', at);
  return [from, end + '\n  }'.length];
}

function highlighted(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [kind] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    parts.push(text.slice(at, match.index), h('span', { class: `code-${kind}` }, match[0]));
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}
