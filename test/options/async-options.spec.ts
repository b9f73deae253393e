import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  McpBootException,
  McpModule,
  type McpModuleOptions,
  type McpOptionsFactory,
} from '@nestmcp/core';
import { MODULE_OPTIONS } from '../../libs/core/src/options/module-options.table.js';
import { complaintsAbout } from '../support/fixtures/markdown-code.js';

type AsyncOptions = Parameters<typeof McpModule.forRootAsync>[0];

const OPTIONS = { name: 'x', version: '1' };
const useFactory = (): McpModuleOptions => OPTIONS;

@Injectable()
class Factory implements McpOptionsFactory {
  createMcpOptions(): McpModuleOptions {
    return OPTIONS;
  }
}

/** The names that options of a server have at the top level. */
const RETURNED = [...new Set(Object.keys(MODULE_OPTIONS).map((path) => path.split('.')[0] ?? ''))];
const NOT_BESIDE = RETURNED.filter((name) => name !== 'server');

const DOCUMENTED = [
  ...(readFileSync('docs/reference/options.md', 'utf8')
    .split('## Beside the factory')[1]
    ?.split('\n## ')[0]
    ?.matchAll(/^\| `(\w+)`/gm) ?? []),
].map(([, name]) => name ?? '');

async function problemsOf(options: object | undefined): Promise<readonly string[]> {
  const server = McpModule.forRootAsync(options as AsyncOptions);
  const app = (
    await Test.createTestingModule({ imports: [server] }).compile()
  ).createNestApplication();
  const error: unknown = await app.init().catch((thrown: unknown) => thrown);
  await app.close();
  return error instanceof McpBootException ? error.problems : [];
}

describe('the types of forRootAsync()', () => {
  const first = "import { McpModule } from '@nestmcp/core';\n";
  const complaints = complaintsAbout([
    {
      path: 'documented.ts',
      code: `${first}const every: Record<keyof Parameters<typeof McpModule.forRootAsync>[0], true> = { ${DOCUMENTED.map((name) => `${name}: true`).join(', ')} };\nvoid every;\n`,
    },
    ...NOT_BESIDE.map((name) => ({
      path: `${name}.ts`,
      code: `${first}McpModule.forRootAsync({ useFactory: () => ({ name: 'x', version: '1' }), ${name}: undefined as never });\n`,
    })),
    {
      path: 'allowed.ts',
      code: `${first}McpModule.forRootAsync({ server: 'admin', inject: ['TOKEN'], imports: [], useFactory: (token: string) => ({ name: token, version: '1', once: [], path: 'x', guards: [] }) });\n`,
    },
  ]);
  const complaintsIn = (file: string): string[] =>
    complaints.filter(
      (complaint) => complaint.includes(`/${file}:`) || complaint.startsWith(`${file}:`),
    );

  it('have what the reference lists beside the factory, and nothing else', () => {
    expect(DOCUMENTED).toContain('useFactory');
    expect(complaintsIn('documented.ts')).toEqual([]);
  });

  it.each(NOT_BESIDE)('refuse %s beside the factory', (name) => {
    expect(complaintsIn(`${name}.ts`)).toHaveLength(1);
  });

  it('allow every other option in what the factory returns', () => {
    expect(complaintsIn('allowed.ts')).toEqual([]);
  });
});

describe('an option beside the factory', () => {
  it.each(NOT_BESIDE)('stops the start, because it has no effect there: %s', async (name) => {
    await expect(problemsOf({ useFactory, [name]: [] })).resolves.toEqual([
      `MCP020 McpModule.forRootAsync(): ${name} has no effect beside the factory. Return it from the factory, with the other options.`,
    ]);
  });

  it.each([
    ['isGlobal', { useFactory, isGlobal: true }, 'isGlobal is not an option.'],
    ['serve', { useFactory, serve: 'x' }, 'serve is not an option; did you mean `server`?'],
    ['inject', { useFactory, inject: 'TOKEN' }, 'inject must be a list.'],
    ['useFactory', { useFactory: 5 }, 'useFactory must be a function that returns the options.'],
    [
      'useClass',
      { useClass: 'Factory' },
      'useClass must be a class; a circular import can leave it undefined.',
    ],
    [
      'two factories',
      { useFactory, useClass: Factory },
      'it has useFactory and useClass, and only one can make the options. Leave the others out.',
    ],
    [
      'an undefined class',
      { useClass: undefined },
      'it has no factory. Pass one of useFactory, useClass and useExisting.',
    ],
    ['nothing', undefined, 'it has no factory. Pass one of useFactory, useClass and useExisting.'],
  ])('stops the start when it is wrong: %s', async (_, options, words) => {
    await expect(problemsOf(options)).resolves.toEqual([
      `MCP020 McpModule.forRootAsync(): ${words}`,
    ]);
  });

  it.each([
    { useFactory },
    { useClass: Factory },
    { useFactory, inject: [], imports: [], server: 'admin' },
    { useFactory, inject: ['T'], provideInjectionTokensFrom: [{ provide: 'T', useValue: 1 }] },
  ])('is accepted: %j', async (options) => {
    await expect(problemsOf(options)).resolves.toEqual([]);
  });
});
