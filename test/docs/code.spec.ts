import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { McpModule } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { codeOf, complaintsOf, loaderOf } from '../support/fixtures/markdown-code.js';

const documents = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file))
  .concat('libs/core/README.md', 'libs/testing/README.md');

/** Code of `examples/` is compiled there, and guide-existing.spec.ts compares it. */
const code = new Map(
  documents.map((document) => [
    document,
    codeOf(document).filter(({ path }) => !path.startsWith('examples/')),
  ]),
);
const withCode = documents.filter((document) => code.get(document)?.length !== 0);

describe('the code of the documentation', () => {
  it('is found in guides and reference', () => {
    expect(withCode).toEqual(
      expect.arrayContaining(['docs/guides/testing.md', 'docs/reference/parameters.md']),
    );
  });

  describe('compiles', () => {
    let complaints: (document: string) => string[];
    beforeAll(() => {
      complaints = complaintsOf(code);
    });

    it.each(withCode)('in %s', (document) => {
      expect(complaints(document)).toEqual([]);
    });
  });
});

describe('the schema that the reference of parameters shows', () => {
  const REFERENCE = 'docs/reference/parameters.md';

  it('is the schema of the code', async () => {
    const { FormsTools } = loaderOf(codeOf(REFERENCE))('src/forms.tools.ts') as {
      FormsTools: Type;
    };
    const testing = await Test.createTestingModule({
      imports: [McpModule.forRoot({ name: 'forms', version: '1.0.0' })],
      providers: [FormsTools],
    }).compile();
    const app = testing.createNestApplication();
    const client = await McpTestClient.over(app, 'sse');
    const [tool] = await client.listTools();
    await client.close();
    await app.close();
    const [, shown = ''] = /```json\n(.*?)^```$/ms.exec(readFileSync(REFERENCE, 'utf8')) ?? [];
    expect(tool?.inputSchema).toEqual(JSON.parse(shown));
  });
});

// The guide's example registers its own tests, here and now.
describe('the tests that the guide on testing shows', () => {
  const load = loaderOf(codeOf('docs/guides/testing.md'));
  load('test/stock.e2e-spec.ts');
  load('test/desk.e2e-spec.ts');
});
