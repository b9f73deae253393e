const FRAME = 'at ';
const BLANKS = ' \t\r\n';

/** Where the frames of a stack begin in a text: a new line, indented, with `at `. -1 where it has none. */
export function stackStart(text: string): number {
  for (let line = text.indexOf('\n'); line !== -1;) {
    let at = line + 1;
    while (at < text.length && BLANKS.includes(text.charAt(at))) at++;
    if (at > line + 1 && text.startsWith(FRAME, at)) return line;
    // No later start among these blanks gets further than this one did.
    line = text.indexOf('\n', at);
  }
  return -1;
}

/** A text without the frames of the stack that may follow it. */
export function withoutStack(text: string): string {
  const start = stackStart(text);
  return start === -1 ? text : text.slice(0, start);
}
