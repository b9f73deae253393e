import { McpContext } from '../../execution/context/mcp-context.js';
import type { CallTerms } from '../../execution/notifications/call-terms.js';
import { verdictWithin } from '../../execution/visibility/verdict-within.js';
import { VisibilityFailures } from '../../execution/visibility/visibility-failures.js';
import type { McpCall } from '../../interfaces/mcp-call.interface.js';
import type { McpSettings } from '../../interfaces/options/mcp-settings.interface.js';
import type { JsonObject } from '../../interfaces/json.js';
import type { PrimitiveKind } from '../../interfaces/primitive-kind.interface.js';
import { INVALID_CURSOR } from '../../messages/call.messages.js';
import { codecOf } from '../../protocol/codecs/codec-of.js';
import type { RevisionCodec } from '../../protocol/codecs/revision-codec.js';
import { RawJson } from '../../protocol/json-rpc.js';
import { JsonRpcErrorCode } from '../../protocol/json-rpc-error-code.js';
import { McpProtocolException } from '../../protocol/mcp-protocol.exception.js';
import { Cursors } from '../../registry/cursor.js';
import type { Row } from '../../registry/registry-draft.js';
import { callTermsOf } from '../calls/call-terms-of.js';
import type { PrimitiveCatalog } from '../catalog/primitive-catalog.js';
import type { PrimitiveEntry } from '../entry/primitive-entry.interface.js';
import { standIn } from './stand-in.js';
import { TextCache } from './text-cache.js';
import {
  type Candidates,
  candidatesAfter,
  keyOf,
  type ListedState,
  visibleRows,
} from './list-page.js';

/** How many lists are kept: one for each set of visible entries, page and revision. */
const MOST_LISTS = 512;
const MOST_CHARACTERS = 32 * 1024 * 1024;

/** How a revision shows an entry. */
export type Shown<Entry> = (entry: Entry, codec: RevisionCodec) => JsonObject;

/** Entries as one revision shows them. */
interface Fragments<Entry extends PrimitiveEntry> {
  readonly id: number;
  readonly codec: RevisionCodec;
  readonly texts: WeakMap<Entry, string>;
}

/** What a page may contain, and the ordinal that it begins after. */
interface Page<Entry extends PrimitiveEntry> extends Candidates<Entry> {
  readonly after: number;
}

const nothing = (): void => undefined;

/**
 * The answers of `…/list` as text. An entry is serialized once for each revision, and a list once for each set of
 * visible entries. Verdicts on what a caller may see are never cached.
 */
export abstract class PrimitiveLists<Entry extends PrimitiveEntry> {
  /** What was made so far: entries serialized, and lists assembled. */
  readonly made = { entries: 0, lists: 0 };
  private readonly failures = new VisibilityFailures();
  private readonly cursors: Cursors;
  private readonly fragments = new Map<RevisionCodec, Fragments<Entry>>();
  private readonly terms: CallTerms;
  private state: ListedState<Entry> | undefined;

  constructor(
    private readonly kind: PrimitiveKind,
    private readonly catalog: PrimitiveCatalog<Entry>,
    private readonly settings: McpSettings,
    private readonly shown: Shown<Entry>,
  ) {
    const { name, version } = settings.server;
    this.terms = callTermsOf(settings);
    this.cursors = new Cursors(JSON.stringify([name, version, kind.list]));
  }

  /** Whether all callers see the same list. */
  get areShared(): boolean {
    return this.present().all.gated.length === 0;
  }

  /** @throws McpProtocolException for a cursor that this list did not make. */
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
   * Finds an entry by name, if the caller may see it. For an unknown name, the guards of some entry that could be
   * hidden run, as for a list, so that an unknown name takes as long as a hidden one.
   */
  visible(name: string, call: McpCall): Entry | undefined | Promise<Entry | undefined> {
    const entry = this.catalog.get(name);
    const asked = entry ?? standIn(name, this.present().all.gated)?.entry;
    if (asked?.isVisible === undefined) return entry;
    const verdict = this.isVisible(asked, call);
    if (typeof verdict === 'boolean') return verdict ? entry : undefined;
    return verdict.then((isVisible) => (isVisible ? entry : undefined));
  }

  /** Whether the caller may see an entry. */
  private isVisible(entry: Entry, call: McpCall): boolean | Promise<boolean> {
    if (entry.isVisible === undefined) return true;
    const context = new McpContext(call, entry, this.terms, nothing, 'list');
    const verdict = entry.isVisible(context);
    if (typeof verdict === 'boolean') return verdict;
    return verdictWithin(verdict, entry.deadline.timeoutMs, entry, this.failures);
  }

  /** If an edit happens while guards run, a new state is made. A list that has begun ends with its own state. */
  private present(): ListedState<Entry> {
    const { snapshot } = this.catalog;
    if (this.state?.snapshot === snapshot) return this.state;
    const { rows } = snapshot;
    const gated = rows.filter(({ entry }) => entry.isVisible !== undefined);
    const lists = new TextCache<RawJson>(MOST_LISTS, MOST_CHARACTERS);
    this.state = { snapshot, all: { rows, gated }, lists };
    return this.state;
  }

  private page(
    { lists }: ListedState<Entry>,
    page: Page<Entry>,
    verdicts: readonly boolean[],
    fragments: Fragments<Entry>,
  ): RawJson {
    const key = `${fragments.id} ${page.after} ${keyOf(verdicts)}`;
    const known = lists.get(key);
    if (known !== undefined) return known;
    const list = new RawJson(this.assembled(visibleRows(page, verdicts), fragments));
    lists.set(key, list);
    return list;
  }

  private assembled(rows: readonly Row<Entry>[], fragments: Fragments<Entry>): string {
    this.made.lists++;
    const { pageSize = rows.length } = this.settings;
    const page = rows.slice(0, pageSize);
    const entries = page.map(({ entry }) => this.fragment(entry, fragments)).join(',');
    const last = rows.length > pageSize ? page.at(-1) : undefined;
    const next = last ? `,"nextCursor":${JSON.stringify(this.cursors.after(last.ordinal))}` : '';
    return `{"${this.kind.list}":[${entries}]${next}}`;
  }

  private fragment(entry: Entry, { codec, texts }: Fragments<Entry>): string {
    const known = texts.get(entry);
    if (known !== undefined) return known;
    this.made.entries++;
    const text = JSON.stringify(this.shown(entry, codec));
    texts.set(entry, text);
    return text;
  }

  private fragmentsOf(codec: RevisionCodec): Fragments<Entry> {
    const known = this.fragments.get(codec);
    if (known !== undefined) return known;
    const fragments: Fragments<Entry> = { id: this.fragments.size, codec, texts: new WeakMap() };
    this.fragments.set(codec, fragments);
    return fragments;
  }
}
