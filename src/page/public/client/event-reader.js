/** Reads the events of a response body (HTML standard, Server-sent events), as `EventSource` cannot POST. */
export async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop();
    yield* blocks.map(eventOf).filter(({ data }) => data !== undefined);
  }
}

function eventOf(block) {
  const lines = [];
  let type = 'message';
  for (const line of block.split('\n')) {
    const [, field, value] = /^([a-z]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') type = value;
    if (field === 'data') lines.push(value);
  }
  return { type, data: lines.length > 0 ? lines.join('\n') : undefined };
}
