import type { Type } from '@nestjs/common';
import type { JsonSchema } from '../../interfaces/json.js';

/** The member of a union that a class is defined as: the value its discriminator has. */
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

const PLACE = '#/$defs/';

/** Names of the nested classes met on the way, and the references to them. */
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
    return `${PLACE}${definition.name}`;
  }

  get hasTags(): boolean {
    return this.known.some(({ tag }) => tag !== undefined);
  }

  /** The member of a union that a reference is to. */
  tagOf(reference: string): Tag | undefined {
    return this.known.find(({ name }) => `${PLACE}${name}` === reference)?.tag;
  }

  isDiscriminator(type: Type, property: string): boolean {
    return this.known.some((one) => one.type === type && one.tag?.property === property);
  }

  /** Iterating the list also visits what is added on the way: classes nested in nested classes. */
  resolve(schemaOf: (type: Type, tag?: Tag) => JsonSchema): Record<string, JsonSchema> {
    const resolved: Record<string, JsonSchema> = {};
    for (const { type, tag, name } of this.known) resolved[name] = schemaOf(type, tag);
    return resolved;
  }

  private freeName(wanted: string): string {
    const taken = new Set(this.known.map(({ name }) => name));
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
    return name;
  }
}

function isSameTag(first: Tag | undefined, second: Tag | undefined): boolean {
  return first?.property === second?.property && first?.value === second?.value;
}
