import { readFileSync } from 'node:fs';
import * as swagger from '@nestjs/swagger';
import * as core from '@nestmcp/core';
import { transformSync } from '@swc/core';
import * as transformer from 'class-transformer';
import * as validator from 'class-validator';
import ts from 'typescript';

/** The compilers emit different design types for initializers, enums, unions and optional properties. */
const COMPILERS = {
  tsc: (source: string) =>
    ts.transpileModule(source, {
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        strict: true,
      },
    }).outputText,
  SWC: (source: string) =>
    transformSync(source, {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
    }).code,
};

const MODULES: Record<string, object> = {
  '@nestjs/swagger': swagger,
  '@nestmcp/core': core,
  'class-transformer': transformer,
  'class-validator': validator,
};

type Load = (exports: object, require: (name: string) => object | undefined) => void;

/** The exports of a file, by compiler. */
export function compiled<Exports extends object>(file: string): readonly [string, Exports][] {
  const source = readFileSync(file, 'utf8');
  return Object.entries(COMPILERS).map(([name, compile]) => {
    const exports = {} as Exports;
    // The file must share Array, String and other globals with the code under test.
    // eslint-disable-next-line no-new-func, typescript/no-implied-eval
    const run = new Function('exports', 'require', compile(source)) as Load;
    run(exports, (module) => MODULES[module]);
    return [name, exports];
  });
}
