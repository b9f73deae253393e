import { toolDefinition } from './tool-definition.js';
import type { McpToolOptions } from './tool-options.interface.js';

const SCHEMA = { type: 'object', properties: {} };
const define = (options: McpToolOptions, description?: string) =>
  toolDefinition('echo', options, description, SCHEMA);

describe('toolDefinition', () => {
  it('has a name and a schema, and nothing that was not set', () => {
    expect(define({})).toStrictEqual({ name: 'echo', inputSchema: SCHEMA });
  });

  it('has the given description', () => {
    expect(define({}, 'Echo it')).toMatchObject({ description: 'Echo it' });
  });

  it('has the title where the revisions since 2025-06-18 and the older ones look for it', () => {
    expect(define({ title: 'Echo' })).toStrictEqual({
      name: 'echo',
      title: 'Echo',
      inputSchema: SCHEMA,
      annotations: { title: 'Echo' },
    });
  });

  it.each([
    ['readOnly', 'readOnlyHint'],
    ['destructive', 'destructiveHint'],
    ['idempotent', 'idempotentHint'],
    ['openWorld', 'openWorldHint'],
  ] as const)('has %s as %s, whether true or false, and no other hint', (option, hint) => {
    for (const value of [true, false])
      expect(define({ [option]: value }).annotations).toStrictEqual({ [hint]: value });
  });

  it('has all hints and the title together', () => {
    const hints = { readOnly: false, destructive: true, idempotent: false, openWorld: true };
    expect(define({ title: 'T', ...hints }).annotations).toStrictEqual({
      title: 'T',
      readOnlyHint: false,
      destructiveHint: true,
      idempotentHint: false,
      openWorldHint: true,
    });
  });
});
