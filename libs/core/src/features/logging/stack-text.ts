const FRAME = 'at ';
const BLANKS = ' \t\r\n';

/** The index where the frames of a stack begin in a text: a new line, indented, with `at `. -1 if it has none. */
export function stackStart(text: string): number {
  for (let line = text.indexOf('\n'); line !== -1;) {
    let at = line + 1;
    while (at < text.length && BLANKS.includes(text.charAt(at))) at++;
    if (at > line + 1 && text.startsWith(FRAME, at)) return line;
    // A later start within these blanks cannot match either.
    line = text.indexOf('\n', at);
  }
  return -1;
}

/** Returns a text without the stack frames at its end. */
export function withoutStack(text: string): string {
  const start = stackStart(text);
  return start === -1 ? text : text.slice(0, start);
}
