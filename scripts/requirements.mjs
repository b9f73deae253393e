// What the protocol's revisions ask of a server, and what holds it: test/requirements/*.json as a page.
//
//   node scripts/requirements.mjs           writes docs/reference/requirements.md
//   node scripts/requirements.mjs --check   exits with 1 when that is not what it would write
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const SOURCE = new URL('../test/requirements/', import.meta.url);
const PAGE = fileURLToPath(new URL('../docs/reference/requirements.md', import.meta.url));

const sections = readdirSync(SOURCE)
  .toSorted()
  .map((file) => JSON.parse(readFileSync(new URL(file, SOURCE), 'utf8')));
const all = sections.flatMap(({ requirements }) => requirements);

const cell = (text) => text.replaceAll('|', '\\|');

/** One thing that holds a requirement, with a link to where it is. */
function proof({ test, name, scenario, check, document }) {
  if (test !== undefined)
    return `[${test.split('/').at(-1)}](../../${test}): ${cell(name.replaceAll(/([<>*_[\]])/g, '\\$1'))}`;
  if (document !== undefined) return `[documented](../../${document})`;
  return `suite: \`${scenario}\`${check === undefined ? '' : `, \`${check}\``}`;
}

function row({ number, level, revisions, text, specification, held, comes }) {
  const holding = held.map(proof);
  if (comes !== undefined)
    holding.push(`**not yet${held.length > 0 ? ' completely' : ''}**: ${comes}`);
  return `| ${number} | ${level} | ${revisions} | ${cell(text)} | ${specification} | ${holding.join('<br>')} |`;
}

const count = (wanted) => all.filter(wanted).length;
const text = `# Requirements

This page lists what the revisions of the protocol require of a server, in our words, and what checks it here: a test, or a scenario of the official conformance suite (\`npm run conformance\`). \`node scripts/requirements.mjs\` writes it from \`test/requirements/\`. A test checks that it is up to date, and that everything it names exists.

Of ${all.length} requirements, ${count(({ comes }) => comes === undefined)} are met, ${count(({ held, comes }) => held.length > 0 && comes !== undefined)} in part, and ${count(({ held }) => held.length === 0)} not yet.

The column Specification has the path below \`docs/specification/\` of its repository. Session revisions are 2024-11-05 to 2025-11-25.

${sections
  .map(
    ({ title, requirements }) => `## ${title}

| # | Level | Revisions | Requirement | Specification | Checked by |
| - | - | - | - | - | - |
${requirements.map(row).join('\n')}
`,
  )
  .join('\n')}`;

const page = await format(text, { ...(await resolveConfig(PAGE)), filepath: PAGE });
if (argv.includes('--check')) {
  if (readFileSync(PAGE, 'utf8') === page) exit(0);
  console.error('docs/reference/requirements.md is not up to date: node scripts/requirements.mjs');
  exit(1);
}
writeFileSync(PAGE, page);
