import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transformFileSync } from '@swc/core';

/** How a process of a test runner ended. */
export interface RunnerEnd {
  /** Its exit status; null if it did not end within the time. */
  readonly status: number | null;
  readonly output: string;
}

/** A process that has not ended by then is one that something keeps alive. */
const PATIENCE_MS = 120_000;

const SWC = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
} as const;

/** The project of a user in a folder of its own: ES modules, with the libraries of this workspace. */
export class RunnerProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'runner-'));
  private readonly libraries: Readonly<Record<string, string>>;

  constructor(tests: Readonly<Record<string, string>>) {
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
    this.libraries = { core: this.compiled('core'), testing: this.compiled('testing') };
    this.write('package.json', '{"type":"module"}');
    this.write(
      'tsconfig.json',
      '{"compilerOptions":{"target":"ES2022","experimentalDecorators":true}}',
    );
    for (const [name, source] of Object.entries(tests)) cpSync(source, join(this.folder, name));
    this.configure();
  }

  /** Runs Jest from a folder of packages. */
  jest(packages: string = resolve('node_modules')): Promise<RunnerEnd> {
    const bin = join(packages, 'jest/bin/jest.js');
    return this.run(['--experimental-vm-modules', bin, '--runInBand', '--ci']);
  }

  vitest(): Promise<RunnerEnd> {
    return this.run([resolve('node_modules/vitest/vitest.mjs'), 'run']);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(name: string, text: string): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  private compiled(library: string): string {
    const root = resolve('libs', library, 'src');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((file) => /(?<!\.spec)\.ts$/.test(file))) {
      const { code } = transformFileSync(join(root, name), SWC);
      this.write(join('libs', library, name.replace(/\.ts$/, '.js')), code);
    }
    return join(this.folder, 'libs', library, 'index.js');
  }

  private configure(): void {
    const { core, testing } = this.libraries;
    const jest = {
      extensionsToTreatAsEsm: ['.ts'],
      moduleNameMapper: { '^@nestmcp/core$': core, '^@nestmcp/testing$': testing },
      testRegex: '\\.spec\\.ts$',
      transform: { '\\.ts$': [resolve('node_modules/@swc/jest'), SWC] },
    };
    this.write('jest.config.json', JSON.stringify(jest));
    const vitest = {
      test: { globals: true, alias: { '@nestmcp/core': core, '@nestmcp/testing': testing } },
    };
    this.write('vitest.config.js', `export default ${JSON.stringify(vitest)}`);
  }

  private run(args: readonly string[]): Promise<RunnerEnd> {
    // Without the variables by which a runner would recognize the one that runs this test.
    const { PATH, HOME } = process.env;
    const options = { cwd: this.folder, env: { PATH, HOME, NO_COLOR: '1' }, timeout: PATIENCE_MS };
    return new Promise((end) => {
      const child = execFile(process.execPath, args, options, (_, stdout, stderr) =>
        end({ status: child.exitCode, output: stdout + stderr }),
      );
    });
  }
}
