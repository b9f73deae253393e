import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';

/** What an application does with a class: it reads its decorators, and converts arguments by them. */
const PROGRAM = `
  import 'reflect-metadata';
  import { Type } from 'class-transformer';
  import { findClassTransformer } from './metadata/class-transformer-copy.js';
  import { transformedType } from './metadata/transformer-metadata.js';
  import { instanceOf } from './instance-of.js';

  class Address {}
  class Order {}
  Type(() => Address)(Order.prototype, 'shipTo');

  findClassTransformer().then(
    () => {
      const { element } = transformedType(Order, 'shipTo');
      const { shipTo } = instanceOf(Order, { shipTo: {} }, []);
      console.log(JSON.stringify([element === Address, shipTo instanceof Address]));
    },
    (error) => console.log(error.message),
  );
`;

/** Bundles the program with all packages in it, runs it in a process, and returns what it prints. */
async function bundled(mainFields: string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: PROGRAM, resolveDir: 'libs/core/src/schema/class-validator' },
    bundle: true,
    platform: 'node',
    mainFields,
    write: false,
    logLevel: 'silent',
  });
  return execFileSync(process.execPath, ['-'], {
    input: outputFiles[0]?.text,
    encoding: 'utf8',
  });
}

describe('the decorators of class-transformer, in one bundle with the library', () => {
  it.each([
    ['CommonJS', ['main']],
    ['the one for bundlers', ['module', 'main']],
  ])('are read and applied when the bundler chooses the build %s', async (_, mainFields) => {
    expect(JSON.parse(await bundled(mainFields))).toEqual([true, true]);
  });

  it('stop the start when the bundler chooses another build', async () => {
    expect(await bundled(['es2015', 'main'])).toMatch(/MCP051 .*main fields/);
  });
});
