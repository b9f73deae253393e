import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildSync } from 'esbuild';
import { projectWithCore } from '../support/app/packed-core.js';

/** Prints while it is imported, as modules with a banner or a deprecation notice do. */
const LOUD = `
console.log('a stray line');
process.stdout.write('a stray line\\n');
`;

const MODULE = `
class Tools {
  echo() {
    console.log('a stray line');
    return 'echoed';
  }
}
McpTool()(Tools.prototype, 'echo', Object.getOwnPropertyDescriptor(Tools.prototype, 'echo'));
McpToolType()(Tools);
class AppModule {}
Module({ imports: [McpModule.forRoot({ name: 'loud', version: '1.0.0' })], providers: [Tools] })(AppModule);
void runStdio(AppModule, OPTIONS);
`;

const NAMES = '{ McpModule, McpTool, McpToolType, runStdio }';

/** An application whose imports print, in a module form, with the entry at the top or without it. */
const esModule = (entry: string, core = `import ${NAMES} from '@nestmcp/core';`): string => `
${entry}
import './loud.mjs';
import { createRequire } from 'node:module';
import { Module } from '@nestjs/common';
${core}
${MODULE}`;

const OTHER_COPY = `
const ${NAMES} = createRequire(import.meta.url)('./node_modules/@nestmcp/core/dist/cjs/index.js');`;

const commonJs = (entry: string): string => `
${entry}
require('./loud.cjs');
const { Module } = require('@nestjs/common');
const ${NAMES} = require('@nestmcp/core');
${MODULE}`;

const plain = (code: string): string => code.replace('OPTIONS', '{}');
const stray = (line: string): boolean => line === 'a stray line';
const IMPORT = "import '@nestmcp/core/stdio';";

jest.setTimeout(120_000);

describe('@nestmcp/core/stdio, as it is published', () => {
  let project: string;

  beforeAll(() => {
    project = projectWithCore({
      'loud.mjs': LOUD,
      'loud.cjs': LOUD,
      'es.mjs': plain(esModule(IMPORT)),
      'common.cjs': plain(commonJs("require('@nestmcp/core/stdio');")),
      'two-copies.mjs': plain(esModule(IMPORT, OTHER_COPY)),
      'without.mjs': plain(esModule('')),
      'shared.mjs': esModule(IMPORT).replace('OPTIONS', '{ redirectStdout: false }'),
    });
    buildSync({
      entryPoints: [join(project, 'es.mjs')],
      outfile: join(project, 'bundle.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['@nestjs/*', '@modelcontextprotocol/*', 'ajv', 'ajv-formats', 'class-*', 'rxjs'],
      logLevel: 'error',
    });
  });

  afterAll(() => rmSync(project, { recursive: true }));

  const run = async (file: string, ...flags: string[]) => {
    const child = spawn(process.execPath, [...flags, join(project, file)], { cwd: project });
    const [out, errors] = [text(child.stdout), text(child.stderr)];
    const clientInfo = { name: 'wire', version: '1' };
    const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const messages = [
      { id: 1, method: 'initialize', params: hello },
      { id: 2, method: 'tools/call', params: { name: 'echo', arguments: {} } },
    ];
    child.stdin.end(
      messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''),
    );
    await once(child, 'close');
    const lines = (await out).split('\n').filter((line) => line !== '');
    return {
      answers: lines
        .filter((line) => !stray(line))
        .map((line) => (JSON.parse(line) as { id: number }).id),
      onStdout: lines.filter(stray).length,
      onStderr: (await errors).split('\n').filter(stray).length,
    };
  };

  it.each([
    ['imported', 'es.mjs', []],
    ['required', 'common.cjs', []],
    ['bundled', 'bundle.mjs', []],
    ['from another copy of the package than runStdio()', 'two-copies.mjs', []],
    ['preloaded', 'without.mjs', ['--import', '@nestmcp/core/stdio']],
  ])('keeps stdout clean from the first import on: %s', async (_, file, flags) => {
    expect(await run(file, ...flags)).toEqual({ answers: [1, 2], onStdout: 0, onStderr: 3 });
  });

  it('is what does that: without it, imports still print to stdout', async () => {
    expect(await run('without.mjs')).toEqual({ answers: [1, 2], onStdout: 2, onStderr: 1 });
  });

  it('lets runStdio() open stdout again', async () => {
    expect(await run('shared.mjs')).toEqual({ answers: [1, 2], onStdout: 1, onStderr: 2 });
  });

  it('is exported in every module form, with its types', () => {
    const { exports, sideEffects } = JSON.parse(readFileSync('libs/core/package.json', 'utf8')) as {
      exports: Record<string, Record<string, Record<string, string>>>;
      sideEffects: string[];
    };
    const targets = Object.values(exports['./stdio'] ?? {}).flatMap((form) => Object.values(form));
    expect(targets).toHaveLength(6);
    for (const target of targets) {
      const [, source = ''] = /^\.\/dist\/(?:esm|cjs)\/(.*?)(?:\.d\.ts|\.js)$/.exec(target) ?? [];
      expect(existsSync(join('libs/core/src', `${source}.ts`))).toBe(true);
    }
    expect(sideEffects).toEqual(['./dist/*/stdio.js']);
  });
});
