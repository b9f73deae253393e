// The result of the matrix as a table in Markdown, for the terminal and for the README.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
const [BEGIN, END] = ['<!-- compat: begin -->', '<!-- compat: end -->'];

const PLATFORM_NAMES = { express: 'Express', fastify: 'Fastify' };
const BUILD_NAMES = { tsc: 'tsc', swc: 'SWC', webpack: 'webpack, one bundle' };

/**
 * One line for each version of Nest, platform and compiler; one column for each version of Node. A cell names the
 * module forms that pass, and those that fail.
 */
export function tableOf(nodes, results) {
  const head = ['Nest', 'Platform', 'Compiler', ...nodes.map(({ version }) => `Node ${version}`)];
  const lines = results.map(({ version, platform, build, cells }) => [
    version,
    PLATFORM_NAMES[platform],
    BUILD_NAMES[build],
    ...cells.map(cellOf),
  ]);
  const rows = [head, head.map(() => '-'), ...lines];
  return rows.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** Writes the table into the README, between its markers. */
export async function writeReadme(table) {
  const text = readFileSync(README, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md needs the markers ${BEGIN} and ${END}`);
  const written = `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n${text.slice(end)}`;
  const options = { ...(await resolveConfig(README)), filepath: README };
  writeFileSync(README, await format(written, options));
}

function cellOf(forms) {
  const named = (wanted) => forms.filter(({ isOk }) => isOk === wanted).map(({ form }) => form);
  const failed = named(false).map((form) => `**${form} fails**`);
  return [...named(true), ...failed].join(', ');
}
