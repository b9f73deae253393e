import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { RunnerProject } from '../support/app/runner-project.js';

/** Jest 30 and Vitest are dependencies of the workspace; Jest 29 is installed here once. */
const FOLDER = resolve('node_modules/.cache/jest-29');
const JEST = 'jest@29.7.0';

describe('tests that fail before they close their client', () => {
  let project: RunnerProject;

  beforeAll(async () => {
    project = new RunnerProject({ 'left-open.spec.ts': 'test/testing/failing/left-open.ts' });
    if (existsSync(resolve(FOLDER, 'node_modules/jest/bin/jest.js'))) return;
    mkdirSync(FOLDER, { recursive: true });
    const quiet = ['--no-audit', '--no-fund', '--no-save'];
    await promisify(execFile)('npm', ['install', '--prefix', FOLDER, ...quiet, JEST]);
  }, 300_000);

  afterAll(() => project.remove());

  it.each([
    ['Jest 29', () => project.jest(resolve(FOLDER, 'node_modules'))],
    ['Jest 30', () => project.jest()],
  ])(
    'do not keep %s from ending by itself, with status 1',
    async (_, run) => {
      const { status, output } = await run();
      expect(output).toMatch(/Tests: +9 failed, 1 passed, 10 total/);
      expect(output).not.toContain('Jest did not exit');
      expect(status).toBe(1);
    },
    150_000,
  );

  it('do not keep Vitest 4 from ending by itself, with status 1', async () => {
    const { status, output } = await project.vitest();
    expect(output).toMatch(/Tests +9 failed \| 1 passed \(10\)/);
    expect(status).toBe(1);
  }, 150_000);
});
