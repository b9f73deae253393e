import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';

/** The discriminator of a class in a union, and its value. */
export interface Tag {
  readonly property: string;
  readonly value: string;
  readonly keepsProperty: boolean;
}

interface Definition {
  readonly type: Type;
  readonly tag: Tag | undefined;
  readonly name: string;
}

const DEFS = '#/$defs/';

/** The nested classes found so far, their names in `$defs`, and the references to them. */
export class Definitions {
  private readonly known: Definition[] = [];

  constructor(private readonly root: Type) {}

  reference(type: Type, tag?: Tag): JsonSchema {
    return { $ref: this.nameOf(type, tag) };
  }

  /** `#`, or `#/$defs/Name`. */
  nameOf(type: Type, tag?: Tag): string {
    if (type === this.root && tag === undefined) return '#';
    const known = this.known.find((one) => one.type === type && isSameTag(one.tag, tag));
    const definition = known ?? { type, tag, name: this.freeName(type.name) };
    if (known === undefined) this.known.push(definition);
    return `${DEFS}${definition.name}`;
  }

  get types(): readonly Type[] {
    return this.known.map(({ type }) => type);
  }

  get hasTags(): boolean {
    return this.known.some(({ tag }) => tag !== undefined);
  }

  /** The tag of the class behind a reference; undefined if it does not belong to a union. */
  tagOf(reference: string): Tag | undefined {
    return this.known.find(({ name }) => `${DEFS}${name}` === reference)?.tag;
  }

  isDiscriminator(type: Type, property: string): boolean {
    return this.known.some((one) => one.type === type && one.tag?.property === property);
  }

  /** Builds every definition. The loop also visits those added meanwhile: classes nested in nested classes. */
  resolve(schemaOf: (type: Type, tag?: Tag) => JsonSchema): Record<string, JsonSchema> {
    const resolved: Record<string, JsonSchema> = {};
    for (const { type, tag, name } of this.known) resolved[name] = schemaOf(type, tag);
    return resolved;
  }

  private freeName(wanted: string): string {
    const used = new Set(this.known.map(({ name }) => name));
    let name = wanted;
    for (let number = 2; used.has(name); number++) name = `${wanted}${number}`;
    return name;
  }
}

function isSameTag(first: Tag | undefined, second: Tag | undefined): boolean {
  return first?.property === second?.property && first?.value === second?.value;
}
