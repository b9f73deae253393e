import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';

const SOURCES = 'libs/testing/src/clock';

/** A server that answers slowly, on a real socket, with the globals of a process without Jest. */
const SPEC = `
import assert from 'node:assert';
import { createServer } from 'node:http';
import { it } from 'node:test';
import { fakeClock } from './fake-clock.js';

it('goes when it is told to, while sockets go by themselves', async () => {
  const clock = fakeClock();
  const server = createServer((_, response) => {
    const begin = Date.now();
    setTimeout(() => response.end(String(Date.now() - begin)), 55_000);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answered = fetch('http://127.0.0.1:' + server.address().port);
  await clock.untilSet('55s');
  await clock.advance('55s');
  assert.equal(await (await answered).text(), '55000');
  clock.restore();
  server.closeAllConnections();
  server.close();
});
`;

/**
 * The environment without Jest's variables, which would make `node --test` think that it runs inside another runner.
 */
const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env;

describe('the fake clock of @nestmcp/testing', () => {
  it('works in node:test as in Jest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clock-'));
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    write('package.json', '{"type":"module"}');
    write('clock.test.js', SPEC);
    for (const name of readdirSync(SOURCES)) {
      const { outputText } = ts.transpileModule(readFileSync(join(SOURCES, name), 'utf8'), {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
      });
      write(name.replace(/\.ts$/, '.js'), outputText);
    }
    const { stdout } = await promisify(execFile)(process.execPath, ['--test', folder], {
      env,
      timeout: 15_000,
    });
    expect(stdout).toMatch(/pass 1\b/);
    expect(stdout).toMatch(/fail 0\b/);
    rmSync(folder, { recursive: true });
  });
});
