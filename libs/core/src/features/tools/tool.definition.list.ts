import { codecOf } from '../../protocol/codecs/codec-of.js';
import type { RevisionCodec, ToolDefinition } from '../../protocol/codecs/revision-codec.js';
import { RawJson } from '../../protocol/json-rpc.js';

/** The answers of `tools/list`: they never change after boot, so each codec's is serialized once. */
export class DefinitionList {
  private readonly listed = new Map<RevisionCodec, RawJson>();

  constructor(private readonly definitions: () => readonly ToolDefinition[]) {}

  for(revision: string | undefined): RawJson {
    const codec = codecOf(revision);
    const known = this.listed.get(codec);
    if (known) return known;
    const tools = this.definitions().map((definition) => codec.tool(definition));
    const json = new RawJson(JSON.stringify({ tools }));
    this.listed.set(codec, json);
    return json;
  }
}
