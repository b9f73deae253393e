import { Inject, Injectable } from '@nestjs/common';
import { McpContext } from '../../../execution/context/mcp-context.js';
import type { CallTerms } from '../../../execution/notifications/call-terms.js';
import { verdictWithin } from '../../../execution/visibility/verdict-within.js';
import type { McpCall } from '../../../interfaces/mcp-call.interface.js';
import type { McpSettings } from '../../../interfaces/options/mcp-settings.interface.js';
import { MCP_SETTINGS } from '../../../interfaces/mcp.tokens.js';
import { INVALID_CURSOR } from '../../../messages/call.messages.js';
import { codecOf } from '../../../protocol/codecs/codec-of.js';
import type { RevisionCodec } from '../../../protocol/codecs/revision-codec.js';
import { RawJson } from '../../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../../../protocol/mcp-protocol.exception.js';
import { Cursors } from '../../../registry/cursor.js';
import type { Row } from '../../../registry/registry-draft.js';
import { callTermsOf } from '../../logging/call-terms-of.js';
import { ToolCatalog } from '../tool.catalog.js';
import type { ToolEntry } from '../tool.entry.js';
import { standIn } from './stand-in.js';
import { TextCache } from './text-cache.js';
import {
  type Candidates,
  candidatesAfter,
  keyOf,
  type ListedState,
  visibleRows,
} from './tool-page.js';

/** Lists that are kept, for as many sets of tools that callers may see, pages and revisions. */
const MOST_LISTS = 512;
const MOST_CHARACTERS = 32 * 1024 * 1024;

/** Tools as one revision shows them. */
interface Fragments {
  readonly id: number;
  readonly codec: RevisionCodec;
  readonly texts: WeakMap<ToolEntry, string>;
}

/** What a page may hold, and the place that it begins behind. */
interface Page extends Candidates {
  readonly after: number;
}

const nothing = (): void => undefined;

/**
 * The answers of `tools/list` as text. A tool is serialized once for each revision, a list put together once
 * for each set of visible tools; verdicts on who may see what are never kept.
 */
@Injectable()
export class ToolLists {
  /** What was made so far: tools serialized, and lists put together. */
  readonly made = { tools: 0, lists: 0 };
  private readonly cursors: Cursors;
  private readonly fragments = new Map<RevisionCodec, Fragments>();
  private readonly terms: CallTerms;
  private state: ListedState | undefined;

  constructor(
    private readonly catalog: ToolCatalog,
    @Inject(MCP_SETTINGS) private readonly settings: McpSettings,
  ) {
    const { name, version } = settings.server;
    this.terms = callTermsOf(settings);
    this.cursors = new Cursors(JSON.stringify([name, version, 'tools']));
  }

  /** Whether all callers see the same. */
  get areShared(): boolean {
    return this.present().all.gated.length === 0;
  }

  /** @throws McpProtocolException for a cursor that is none of ours. */
  list(call: McpCall): RawJson | Promise<RawJson> {
    const { cursor } = call.params;
    const after = cursor === undefined ? 0 : this.cursors.read(cursor);
    if (after === undefined)
      throw new McpProtocolException(JsonRpcErrorCode.InvalidParams, INVALID_CURSOR);
    const state = this.present();
    const page = { after, ...candidatesAfter(state.all, after) };
    const fragments = this.fragmentsOf(codecOf(call.peer.protocolVersion));
    const verdicts = page.gated.map(({ entry }) => this.isVisible(entry, call));
    if (verdicts.every((verdict) => typeof verdict === 'boolean'))
      return this.page(state, page, verdicts, fragments);
    const all = Promise.all(verdicts.map(async (verdict) => verdict));
    return all.then((known) => this.page(state, page, known, fragments));
  }

  /**
   * The tool of a name, where the caller may see it. For a name that no tool has, the guards of one that could
   * be hidden are asked, as for a list: by the time it takes, nobody can tell a hidden tool from none.
   */
  visible(name: string, call: McpCall): ToolEntry | undefined | Promise<ToolEntry | undefined> {
    const tool = this.catalog.get(name);
    const asked = tool ?? standIn(name, this.present().all.gated)?.entry;
    if (asked?.isVisible === undefined) return tool;
    const verdict = this.isVisible(asked, call);
    if (typeof verdict === 'boolean') return verdict ? tool : undefined;
    return verdict.then((isVisible) => (isVisible ? tool : undefined));
  }

  /** Whether the caller may see a tool. */
  private isVisible(entry: ToolEntry, call: McpCall): boolean | Promise<boolean> {
    if (entry.isVisible === undefined) return true;
    const context = new McpContext(call, entry, this.terms, nothing, 'list');
    const verdict = entry.isVisible(context);
    if (typeof verdict === 'boolean') return verdict;
    return verdictWithin(verdict, entry.deadline.timeoutMs, entry);
  }

  /** An edit that comes while guards are asked makes another state: what was begun ends with its own. */
  private present(): ListedState {
    const { snapshot } = this.catalog;
    if (this.state?.snapshot === snapshot) return this.state;
    const { rows } = snapshot;
    const gated = rows.filter(({ entry }) => entry.isVisible !== undefined);
    const lists = new TextCache<RawJson>(MOST_LISTS, MOST_CHARACTERS);
    this.state = { snapshot, all: { rows, gated }, lists };
    return this.state;
  }

  private page(
    { lists }: ListedState,
    page: Page,
    verdicts: readonly boolean[],
    fragments: Fragments,
  ): RawJson {
    const key = `${fragments.id} ${page.after} ${keyOf(verdicts)}`;
    const known = lists.get(key);
    if (known !== undefined) return known;
    const list = new RawJson(this.assembled(visibleRows(page, verdicts), fragments));
    lists.set(key, list);
    return list;
  }

  private assembled(rows: readonly Row<ToolEntry>[], fragments: Fragments): string {
    this.made.lists++;
    const { pageSize = rows.length } = this.settings;
    const page = rows.slice(0, pageSize);
    const tools = page.map(({ entry }) => this.fragment(entry, fragments)).join(',');
    const last = rows.length > pageSize ? page.at(-1) : undefined;
    const next = last ? `,"nextCursor":${JSON.stringify(this.cursors.after(last.ordinal))}` : '';
    return `{"tools":[${tools}]${next}}`;
  }

  private fragment(entry: ToolEntry, { codec, texts }: Fragments): string {
    const known = texts.get(entry);
    if (known !== undefined) return known;
    this.made.tools++;
    const text = JSON.stringify(codec.tool(entry.definition));
    texts.set(entry, text);
    return text;
  }

  private fragmentsOf(codec: RevisionCodec): Fragments {
    const known = this.fragments.get(codec);
    if (known !== undefined) return known;
    const fragments: Fragments = { id: this.fragments.size, codec, texts: new WeakMap() };
    this.fragments.set(codec, fragments);
    return fragments;
  }
}
