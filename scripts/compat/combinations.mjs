import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { COMPILE } from './builds.mjs';
import { run } from './command.mjs';
import { FORMS } from './matrix.mjs';
import { formFolder } from './projects.mjs';

/** Time that one run of the application's tests may take, in milliseconds. They take a second or two. */
const TIME_LIMIT_MS = 90_000;

/** The end of what a failed run printed. */
const TAIL = 4_000;

/** Compiles every form of a project in each way that its rows need. What cannot be compiled fails when it is run. */
export async function compileProject(project, rows, { webpack }) {
  const compile = async (build, form) => {
    try {
      await COMPILE[build](formFolder(project.folder, form), { form, webpack });
    } catch (error) {
      project.failures.set(`${build} ${form}`, String(error));
    }
  };
  for (const build of Object.keys(COMPILE))
    if (rows.some((row) => row.build === build))
      await Promise.all(FORMS.map((form) => compile(build, form)));
}

/** Runs the application of one row and form with one Node version. Resolves with `{ isOk, output }`. */
export async function runCombination(project, { platform, build }, form, node) {
  const failure = project.failures.get(`${build} ${form}`);
  if (failure !== undefined) return { isOk: false, output: failure.slice(-TAIL) };
  const main = build === 'webpack' ? 'main.cjs' : 'main.js';
  const program = join(formFolder(project.folder, form), build, main);
  const { isOk, output } = await run(node.path, [program, platform], {
    cwd: tmpdir(),
    timeout: TIME_LIMIT_MS,
  });
  return { isOk, output: output.slice(-TAIL) };
}
