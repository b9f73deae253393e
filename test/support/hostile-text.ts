const CANDIDATES = ` \n\t_aA0z-.;=,"'/+:*#?&@(){}[]\\%|~^$<>!\u0000\u00e9\u200b\u2028\ud800\ufeffx9`;
const LENGTH = 64 * 1024;
/** What an expression that runs on is brought to fail by. */
const ENDS = ['', '\u0000', '!\n', 'x'];
const UNEXPECTED = '\u0001';

const ATOM =
  /\\p\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[:=!]|[*+?|()^$]\??|\{\d+(?:,\d*)?\}|./giu;
const NO_CHARACTER = /^(?:\(\?|[*+?|()^$]|\{\d|\\[bB])/;

/** A few characters that each part of an expression matches, in the order of the parts. */
function charactersOf({ source, flags }: RegExp): string[][] {
  return [...source.matchAll(ATOM)]
    .map(([atom]) => atom)
    .filter((atom) => !NO_CHARACTER.test(atom))
    .map((atom) => {
      const single = new RegExp(`^${atom}$`, flags.replace(/[gy]/, ''));
      const own = atom.at(-1) ?? '';
      return Array.from(CANDIDATES + own)
        .filter((character) => single.test(character))
        .slice(0, 3);
    })
    .filter((characters) => characters.length > 0);
}

function repeated(text: string): string {
  return text.repeat(Math.ceil(LENGTH / text.length)).slice(0, LENGTH);
}

/**
 * Texts of 64 KB that make an expression backtrack, if anything does: each of its parts over and over, after
 * what leads there, after nothing and after something else, with its neighbour and as a whole, each with ends
 * that it does not expect.
 */
export function hostileTexts(expression: RegExp): string[] {
  const parts = charactersOf(expression);
  const whole = parts.map(([first = '']) => first);
  const bodies = parts.flatMap((characters, at) => {
    const lead = whole.slice(0, at).join('');
    const pair = `${whole[at] ?? ''}${whole[at + 1] ?? ''}`;
    const runs = characters.map(repeated);
    const led = runs.flatMap((run) => [lead + run, UNEXPECTED + run]);
    return [...runs, ...led, lead + repeated(pair), repeated(lead + pair)];
  });
  const all = [...bodies, repeated(whole.join('') || ' '), repeated(' '), repeated('\n')];
  return [...new Set(all)].flatMap((body) => ENDS.map((end) => body + end));
}
