import { EventEmitter, once } from 'node:events';
import * as fc from 'fast-check';
import type { McpCall } from '../../../interfaces/mcp-call.interface.js';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { JsonRpcErrorCode } from '../../../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../../../protocol/mcp-protocol.exception.js';
import { ListChanges } from '../../../registry/list-changes.js';
import { readModuleOptions } from '../../../options/module-settings.js';
import { ToolCatalog } from './tool-catalog.js';
import type { ToolEntry } from '../definition/tool-entry.interface.js';
import { ToolLists } from './tool-lists.js';

interface Page {
  readonly tools: readonly { readonly name: string }[];
  readonly nextCursor?: string;
}

const CALL: Omit<McpCall, 'params'> = {
  id: 1,
  method: 'tools/list',
  peer: { protocolVersion: '2025-11-25', clientInfo: undefined, clientCapabilities: {} },
  sessionId: undefined,
  http: undefined,
  logLevel: undefined,
  signal: new AbortController().signal,
  isActive: true,
  interrupt: () => undefined,
  whenOver: () => undefined,
  beforeAnswer: () => undefined,
  releaseStream: async () => Promise.resolve(false),
  notify: () => undefined,
  request: async () => Promise.resolve({}),
};

const toolOf = (name: string, isVisible?: ToolEntry['isVisible']): ToolEntry => ({
  kind: 'tool',
  name,
  where: name,
  moduleName: '',
  definition: { name, inputSchema: { type: 'object' } },
  output: undefined,
  invoke: async () => Promise.resolve(undefined),
  paramHeaders: undefined,
  isVisible,
  mimeType: undefined,
  deadline: { timeoutMs: 0, maximumMs: 0 },
  limiter: undefined,
});

function server(names: readonly string[], options: Partial<McpSettings> & { version?: string }) {
  const { version = '1', ...more } = options;
  const catalog = new ToolCatalog(new ListChanges());
  for (const name of names) catalog.add(toolOf(name));
  const settings = { ...readModuleOptions({ name: 'test', version }, 'default').settings, ...more };
  const lists = new ToolLists(catalog, settings);
  const page = async (cursor?: unknown): Promise<Page> => {
    const { text } = await lists.list({ ...CALL, params: cursor === undefined ? {} : { cursor } });
    return JSON.parse(text) as Page;
  };
  return { catalog, lists, page };
}

const namesTo = (count: number): string[] => Array.from({ length: count }, (_, n) => `t${n}`);
const namesOf = ({ tools }: Page): string[] => tools.map(({ name }) => name);

type Edit = { readonly kind: 'add' | 'remove' | 'replace' | 'toggle'; readonly at: number };

const edits = fc.array(
  fc.array(
    fc.record<Edit>({
      kind: fc.constantFrom('add', 'remove', 'replace', 'toggle'),
      at: fc.nat(40),
    }),
    { maxLength: 4 },
  ),
  { maxLength: 20 },
);

function apply(catalog: ToolCatalog, { kind, at }: Edit, fresh: string): string | undefined {
  const draft = catalog.draft();
  const rows = [...catalog.rows().values()];
  const row = rows[at % Math.max(1, rows.length)];
  if (kind === 'add') draft.add(toolOf(fresh));
  else if (row === undefined) return undefined;
  else if (kind === 'remove') draft.remove(row.entry.name);
  else if (kind === 'replace') draft.replace(toolOf(row.entry.name));
  else draft.enable(row.entry.name, !row.isEnabled);
  catalog.commit(draft);
  return kind === 'add' || kind === 'replace' ? undefined : row?.entry.name;
}

describe('pages of tools', () => {
  it('have every tool that stayed once, in order, despite edits between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(30),
        fc.integer({ min: 1, max: 7 }),
        edits,
        async (count, pageSize, rounds) => {
          const { catalog, page } = server(namesTo(count), { pageSize });
          const touched = new Set<string | undefined>();
          const seen: string[] = [];
          let fresh = 0;
          let current = await page();
          for (const round of [...rounds, ...Array.from({ length: 200 }, () => [] as Edit[])]) {
            seen.push(...namesOf(current));
            expect(current.tools.length).toBeLessThanOrEqual(pageSize);
            if (current.nextCursor === undefined) break;
            expect(current.tools).toHaveLength(pageSize);
            for (const edit of round) touched.add(apply(catalog, edit, `new${fresh++}`));
            current = await page(current.nextCursor);
          }
          expect(current.nextCursor).toBeUndefined();
          expect(new Set(seen).size).toBe(seen.length);
          const stayed = namesTo(count).filter((name) => !touched.has(name));
          expect(seen.filter((name) => stayed.includes(name))).toEqual(stayed);
          const ordinals = [...catalog.rows().values()].map(({ ordinal }) => ordinal);
          expect(ordinals).toEqual(ordinals.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it('contain the tools that the caller sees', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (visible, pageSize) => {
          const { catalog, page } = server([], { pageSize });
          for (const [n, isVisible] of visible.entries())
            catalog.add(
              toolOf(
                `t${n}`,
                n % 2 === 0 ? () => isVisible : async () => Promise.resolve(isVisible),
              ),
            );
          const seen: string[] = [];
          let current = await page();
          for (;;) {
            seen.push(...namesOf(current));
            if (current.nextCursor === undefined) break;
            expect(current.tools).toHaveLength(pageSize);
            current = await page(current.nextCursor);
          }
          expect(seen).toEqual(visible.flatMap((isVisible, n) => (isVisible ? [`t${n}`] : [])));
        },
      ),
    );
  });

  it('have no cursor after the last one, full or not', async () => {
    for (const count of [0, 1, 2, 3, 4]) {
      const { page } = server(namesTo(count), { pageSize: 2 });
      expect('nextCursor' in (await page())).toBe(count > 2);
    }
    expect(await server(namesTo(40), {}).page()).not.toHaveProperty('nextCursor');
  });

  it('have the same cursors on every replica of a build', async () => {
    const [one, other] = [server(namesTo(9), { pageSize: 4 }), server(namesTo(9), { pageSize: 4 })];
    const { nextCursor } = await one.page();
    expect((await other.page()).nextCursor).toBe(nextCursor);
    expect(namesOf(await other.page(nextCursor))).toEqual(['t4', 't5', 't6', 't7']);
  });

  it('refuse cursors of another build, and invalid ones', async () => {
    const { page } = server(namesTo(9), { pageSize: 4 });
    const { nextCursor = '' } = await server(namesTo(9), { pageSize: 4, version: '2' }).page();
    const refused = async (cursor: unknown) =>
      expect(page(cursor)).rejects.toEqual(
        new McpProtocolException(JsonRpcErrorCode.InvalidParams, 'Invalid params: unknown cursor'),
      );
    await refused(nextCursor);
    const { nextCursor: own = '' } = await page();
    await refused(`${own}=`);
    await refused(own.toLowerCase());
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.base64String(), fc.jsonValue(), fc.constant('x'.repeat(100_000))),
        async (cursor) => refused(cursor ?? null),
      ),
    );
  });
});

describe('lists of tools', () => {
  it('are those of the state that they began with when an edit happens while guards are asked', async () => {
    const { catalog, lists, page } = server([], {});
    const asked = new EventEmitter();
    const verdict = once(asked, 'answered').then(() => true);
    catalog.add(toolOf('gated', async () => verdict));
    catalog.add(toolOf('old'));
    const begun = page();
    const draft = catalog.draft();
    draft.remove('old');
    draft.add(toolOf('new'));
    catalog.commit(draft);
    asked.emit('answered');
    expect(namesOf(await begun)).toEqual(['gated', 'old']);
    expect(namesOf(await page())).toEqual(['gated', 'new']);
    expect(lists.made).toEqual({ entries: 3, lists: 2 });
  });
});
