import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as rules from 'class-validator';

/** What there is to choose from for each part of a tool and of a body for it; a search tries them all. */
export const CHOICES = {
  /** Properties of the class of an item. */
  fields: [1, 3, 8, 30, 60],
  /** How many of ten are optional. */
  optional: [0, 5, 10],
  rule: [
    'IsInt',
    'IsString',
    'IsEmail',
    'IsUrl',
    'IsISO8601',
    'IsUUID',
    'IsIn',
    'MaxLength',
    'IsStrongPassword',
    'IsISBN',
    'IsByteLength',
    'IsNumberString',
    'ArrayUnique',
    'IsIntEach',
    'ArrayUniqueBy',
    'IsTimeZone',
    'IsPhoneNumber',
  ],
  /** How the items lie in the arguments. */
  shape: ['list', 'two-lists', 'map', 'chain', 'flat', 'untyped', 'union', 'set'],
  /** What an item is. */
  item: ['right', 'empty', 'wrong', 'one-wrong', 'unknown', 'null', 'scalar', 'list', 'half'],
  /** How many items of a hundred are so; the others are right. */
  share: [1, 50, 100],
  /** Members of a value, where it is an object or a list; characters, where it is a text. */
  size: [1, 20, 400, 9_000],
  names: ['short', 'long', 'numeric'],
} as const;

export type Candidate = { readonly [Part in keyof typeof CHOICES]: (typeof CHOICES)[Part][number] };

const MOST_NODES = 9_900;
const MOST_CHARACTERS = 3_500_000;

type Decorate = (prototype: object, property: string) => void;

const RULES: Readonly<Record<Candidate['rule'], () => Decorate>> = {
  IsInt: () => rules.IsInt(),
  IsString: () => rules.IsString(),
  IsEmail: () => rules.IsEmail(),
  IsUrl: () => rules.IsUrl(),
  IsISO8601: () => rules.IsISO8601(),
  IsUUID: () => rules.IsUUID(),
  IsIn: () => rules.IsIn(['a', 'b', 1]),
  MaxLength: () => rules.MaxLength(10),
  IsStrongPassword: () => rules.IsStrongPassword(),
  IsISBN: () => rules.IsISBN(),
  IsByteLength: () => rules.IsByteLength(1, 10),
  IsNumberString: () => rules.IsNumberString(),
  IsTimeZone: () => rules.IsTimeZone(),
  IsPhoneNumber: () => rules.IsPhoneNumber(),
  ArrayUnique: () => rules.ArrayUnique(),
  ArrayUniqueBy: () => rules.ArrayUnique((item: unknown) => item),
  IsIntEach: () => rules.IsInt({ each: true }),
};

const isListRule = (rule: Candidate['rule']): boolean => /^Array|Each$/.test(rule);

function nameOf({ names }: Candidate, index: number): string {
  if (names === 'long') return `aRatherLongNameOfAProperty${'x'.repeat(60)}${index}`;
  return names === 'numeric' ? String(index) : `p${index}`;
}

/** A class with the rules of a candidate, which holds items of another one. */
export function classOf(candidate: Candidate): new () => object {
  class Item {}
  for (let index = 0; index < candidate.fields; index++)
    field(Item.prototype, nameOf(candidate, index), candidate, index);
  rules.IsOptional()(Item.prototype, 'next');
  rules.ValidateNested()(Item.prototype, 'next');
  Type(() => Item)(Item.prototype, 'next');
  if (candidate.shape === 'flat') return Item;
  class Arguments {}
  for (const property of ['items', 'more']) holder(Arguments.prototype, property, candidate, Item);
  return Arguments;
}

function field(
  prototype: object,
  name: string,
  { optional, rule }: Candidate,
  index: number,
): void {
  if (index % 10 < optional) rules.IsOptional()(prototype, name);
  RULES[rule]()(prototype, name);
  Reflect.defineMetadata('design:type', isListRule(rule) ? Array : Object, prototype, name);
}

function holder(
  prototype: object,
  property: string,
  { shape }: Candidate,
  item: new () => object,
): void {
  rules.IsOptional()(prototype, property);
  if (shape === 'untyped') {
    rules.IsObject()(prototype, property);
    return;
  }
  const isOne = shape === 'chain';
  const declared = new Map<string, unknown>([
    ['set', Set],
    ['map', Map],
    ['chain', item],
  ]);
  Reflect.defineMetadata('design:type', declared.get(shape) ?? Array, prototype, property);
  rules.ValidateNested({ each: !isOne })(prototype, property);
  const discriminator = { property: 'kind', subTypes: [{ name: 'item', value: item }] };
  Type(() => item, shape === 'union' ? { discriminator } : {})(prototype, property);
}

function right(candidate: Candidate, index: number, size: number): unknown {
  const { rule } = candidate;
  if (isListRule(rule)) return Array.from({ length: size }, (_, item) => item);
  const texts: Partial<Record<Candidate['rule'], unknown>> = {
    IsInt: index,
    IsEmail: 'a@example.com',
    IsUrl: 'https://example.com/a',
    IsISO8601: '2026-01-01',
    IsUUID: 'c56a4180-65aa-42ec-a945-5fd21dec0538',
    IsStrongPassword: 'aB1!aB1!',
    IsISBN: '9783161484100',
    IsTimeZone: 'Europe/Berlin',
    IsPhoneNumber: '+4915123456789',
    IsNumberString: '1'.repeat(size),
    IsString: 'x'.repeat(size),
  };
  return texts[rule] ?? 'a';
}

function wrong(candidate: Candidate, index: number, size: number): unknown {
  if (isListRule(candidate.rule))
    return Array.from({ length: size }, (_, item) => `${'x'.repeat(300)}${item % (size - 1)}`);
  if (candidate.rule === 'IsString' || index % 3 === 1) return { a: [1] };
  return `${'9-'.repeat(size / 2)}x`;
}

/** The members of one item. */
function itemOf(candidate: Candidate, kind: Candidate['item'], size: number): unknown {
  if (kind === 'null') return null;
  if (kind === 'scalar') return 'x'.repeat(Math.min(size, 400));
  if (kind === 'list') return [[{}]];
  const tag = candidate.shape === 'union' ? { kind: 'item' } : {};
  if (kind === 'empty') return tag;
  const members = Array.from({ length: candidate.fields }, (_, index) => {
    const isWrong = kind === 'wrong' || (kind === 'one-wrong' && index === 0);
    const value = (isWrong ? wrong : right)(candidate, index, size);
    return [kind === 'unknown' ? `u${index}` : nameOf(candidate, index), value] as const;
  });
  const given = kind === 'half' ? members.filter((_, index) => index % 2 === 0) : members;
  return { ...Object.fromEntries(given), ...tag };
}

function nodesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + nodesOf(member), 1);
}

/** About the largest body of a candidate that the default limits let in; undefined where none of it is. */
export function bodyOf(
  candidate: Candidate,
  kind = candidate.item,
): Record<string, unknown> | undefined {
  const body = filled(candidate, kind);
  const isWithin = nodesOf(body) <= 10_000 && JSON.stringify(body).length < 4 * 1024 * 1024;
  return isWithin ? body : undefined;
}

function filled(candidate: Candidate, kind: Candidate['item']): Record<string, unknown> {
  const make = (index: number): unknown =>
    itemOf(candidate, index % 100 < candidate.share ? kind : 'right', candidate.size);
  const sample = [make(0), make(99)];
  const nodes = sample.reduce<number>((sum, item) => Math.max(sum, nodesOf(item)), 1);
  const characters = Math.max(1, ...sample.map((item) => JSON.stringify(item).length));
  const count = Math.max(
    1,
    Math.min(Math.floor(MOST_NODES / nodes), Math.floor(MOST_CHARACTERS / characters)),
  );
  const items = Array.from({ length: count }, (_, index) => make(index));
  const named = (): object => Object.fromEntries(items.map((item, index) => [`k${index}`, item]));
  if (candidate.shape === 'map' || candidate.shape === 'untyped') return { items: named() };
  if (candidate.shape === 'flat')
    return kind === 'unknown'
      ? Object.fromEntries(Array.from({ length: MOST_NODES }, (_, index) => [`u${index}`, 1]))
      : { ...(items[0] as object) };
  if (candidate.shape === 'chain')
    return { items: chain(items.filter((item) => typeof item === 'object').slice(0, 58)) };
  if (candidate.shape !== 'two-lists') return { items };
  return { items: items.slice(count / 2), more: items.slice(0, count / 2) };
}

function chain(items: readonly unknown[]): unknown {
  return items.reduceRight<unknown>(
    (next, item) => ({ ...(item as object), ...(next === undefined ? {} : { next }) }),
    undefined,
  );
}
