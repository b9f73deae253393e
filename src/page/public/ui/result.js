import { h } from './dom.js';

/** The result of a call, or why there is none. */
export function resultView({ result, error, ms }) {
  if (error) return failureView(error, ms);
  const { content = [], structuredContent, isError } = result;
  const isTwice = structuredContent !== undefined && isSame(content, structuredContent);
  return h(
    'div',
    {},
    h(
      'p',
      { class: isError ? 'verdict bad' : 'verdict good' },
      isError ? 'The tool failed. This is what the model reads:' : `Done in ${ms} ms`,
    ),
    isTwice ? [] : content.map((block) => blockView(block)),
    structuredContent === undefined
      ? undefined
      : titled(
          isTwice ? 'Structured content, and the same as text' : 'Structured content',
          preOf(JSON.stringify(structuredContent, null, 2)),
        ),
  );
}

function failureView(error, ms) {
  const isCancelled = error.name === 'AbortError';
  const code = error.code === undefined || isCancelled ? '' : ` (code ${error.code})`;
  return h(
    'div',
    {},
    h('p', { class: 'verdict bad' }, isCancelled ? `Cancelled after ${ms} ms` : 'No result:'),
    isCancelled ? undefined : preOf(`${error.message}${code}`),
  );
}

function blockView(block) {
  const { type, text, data, mimeType, uri, name, resource } = block;
  if (type === 'text') return titled('Text', preOf(text));
  if (type === 'image')
    return titled(
      mimeType,
      h('img', { src: `data:${mimeType};base64,${data}`, alt: 'The result' }),
    );
  if (type === 'audio')
    return titled(mimeType, h('audio', { src: `data:${mimeType};base64,${data}`, controls: true }));
  if (type === 'resource_link') return titled('Link', preOf(`${name}\n${uri}`));
  if (type === 'resource')
    return titled(resource.uri, preOf(resource.text ?? `${resource.mimeType ?? 'bytes'}, base64`));
  return titled(type, preOf(JSON.stringify(block, null, 2)));
}

/** Whether the text is what older clients get instead of the structured content. */
function isSame([block, ...others], structured) {
  return others.length === 0 && pretty(block?.text ?? '') === JSON.stringify(structured, null, 2);
}

function titled(title, element) {
  return h('figure', {}, h('figcaption', {}, title), element);
}

function preOf(text) {
  return h('pre', { tabindex: 0, role: 'region', 'aria-label': 'Result' }, pretty(text));
}

/** Results of tools are often JSON without spaces. */
function pretty(text) {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
