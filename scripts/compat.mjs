// npm run compat: runs a small application, with the libraries as they are packed, on every combination of Nest, Node,
// platform, compiler and module form, and prints the table. Exits with 1 when a combination fails.
//
//   npm run compat                 the whole matrix
//   npm run compat -- --readme     the same, and writes the table into README.md
//   npm run compat -- --ci         the floor of Nest 11 and the newest Nest 12, on Node 20 and 24
//   npm run compat -- --wire       the e2e tests of the HTTP transports on each Node version instead
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit } from 'node:process';
import { compileProject, runCombination } from './compat/combinations.mjs';
import { FORMS, matrixOf, NODES } from './compat/matrix.mjs';
import { createProject, packLibraries } from './compat/projects.mjs';
import { tableOf, writeReadme } from './compat/table.mjs';
import { installTools } from './compat/tools.mjs';
import { runWireTests } from './compat/wire.mjs';

const FLAGS = ['--ci', '--readme', '--wire'];
const flags = argv.slice(2);
const unknown = flags.filter((flag) => !FLAGS.includes(flag));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(' ')}. Known: ${FLAGS.join(' ')}`);
  exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'nestmcp-compat-'));
let hasPassed = false;
try {
  hasPassed = flags.includes('--wire') ? await wire() : await matrix();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
exit(hasPassed ? 0 : 1);

async function wire() {
  const { nodes } = await installTools(NODES, join(folder, 'tools'));
  return runWireTests(nodes);
}

async function matrix() {
  const { nests, nodes: majors, rows } = matrixOf(flags.includes('--ci'));
  const [projects, { nodes, webpack }] = await Promise.all([
    createProjects(nests),
    installTools(majors, join(folder, 'tools')),
  ]);
  const results = [];
  for (const { nest, project } of projects) {
    const ofNest = rows.filter((row) => row.nest === nest);
    await compileProject(project, ofNest, { webpack });
    console.log(`Nest ${project.version} is compiled`);
    for (const row of ofNest) results.push(await resultOf(project, row, nodes));
  }
  const table = tableOf(nodes, results);
  console.log(`\n${table}`);
  if (flags.includes('--readme')) await writeReadme(table);
  return results.every(({ cells }) => cells.flat().every((form) => form.isOk));
}

/** All at once, because npm mostly waits for the network and the disk. */
async function createProjects(nests) {
  const packages = await packLibraries(folder);
  const create = async (nest, index) => ({
    nest,
    project: await createProject(nest, packages, join(folder, `nest-${index}`)),
  });
  return Promise.all(nests.map(create));
}

/** Runs one row: every Node version and module form. As many at once as there are cores. */
async function resultOf(project, row, nodes) {
  const cells = nodes.map(() => []);
  const waiting = nodes.flatMap((node, column) => FORMS.map((form) => ({ node, column, form })));
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { node, column, form } = next;
      const { isOk, output } = await runCombination(project, row, form, node);
      cells[column].push({ form, isOk });
      const name = `Nest ${project.version}, ${row.platform}, ${row.build}, ${form}, Node ${node.version}`;
      console.log(isOk ? `pass ${name}` : `FAIL ${name}\n${output}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  for (const forms of cells) forms.sort((a, b) => FORMS.indexOf(a.form) - FORMS.indexOf(b.form));
  return { ...row, version: project.version, cells };
}
