import type { Type } from '@nestjs/common';
import * as swagger from '@nestjs/swagger';
import { before } from '@nestjs/swagger/plugin';
import * as transformer from 'class-transformer';
import * as validator from 'class-validator';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  strict: true,
  skipLibCheck: true,
  types: [],
};

const MODULES: Record<string, object> = {
  '@nestjs/swagger': swagger,
  'class-transformer': transformer,
  'class-validator': validator,
};

/** The exports of a file that `nest build` compiles with `"plugins": [{ "name": "@nestjs/swagger", … }]`. */
export function compiledWithPlugin(file: string): Record<string, Type> {
  const program = ts.createProgram([file], OPTIONS);
  let code = '';
  program.emit(program.getSourceFile(file), (_, text) => (code = text), undefined, false, {
    before: [before({ introspectComments: true }, program) as ts.TransformerFactory<ts.SourceFile>],
  });
  const exports: Record<string, Type> = {};
  // The file must share Array, String and other globals with the code under test.
  // eslint-disable-next-line no-new-func, typescript/no-implied-eval
  const run = new Function('exports', 'require', code) as (
    exports: object,
    require: (name: string) => object | undefined,
  ) => void;
  run(exports, (name) => (name.startsWith('.') ? exports : MODULES[name]));
  return exports;
}
