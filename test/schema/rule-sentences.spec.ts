import type { Type as Class } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import * as rules from 'class-validator';
import { Description } from '@nestmcp/core';
import type { JsonSchema } from '../../libs/core/src/interfaces/json.js';
import { ARGUMENTS } from '../../libs/core/src/schema/class-validator/publishing.js';
import { classSchema } from '../support/fixtures/class-schema.js';
import { everyRule } from '../support/fixtures/every-rule.js';

function published(...all: readonly PropertyDecorator[]): JsonSchema {
  class Dto {}
  for (const rule of all) rule(Dto.prototype, 'x');
  return propertyOf(Dto);
}
function propertyOf(type: Class): JsonSchema {
  return (classSchema(type).properties as { x: JsonSchema }).x;
}
const said = (...all: readonly PropertyDecorator[]): unknown => published(...all).description;

const own = (message?: rules.ValidationOptions['message'], defaultMessage?: () => string) =>
  rules.ValidateBy(
    {
      name: 'even',
      validator: { validate: () => true, ...(defaultMessage && { defaultMessage }) },
    },
    message === undefined ? {} : { message },
  );

const each = { each: true };
/** Rules whose type, or that the property is required, says everything. */
const TYPES = ['IsArray', 'IsBoolean', 'IsDefined', 'IsInt', 'IsNumber', 'IsObject', 'IsString'];

describe('every rule of class-validator', () => {
  it.each(everyRule())('is published by a keyword, a format or a sentence: %s', (name, rule) => {
    const { type: _, anyOf: __, description, ...keywords } = published(rule);
    const isSaid = Object.keys(keywords).length > 0 || TYPES.includes(name);
    expect(description ?? (isSaid ? 'Must be so.' : name)).toMatch(/^Must [\s\S]{4,200}\.$/);
  });
});

describe('the sentence of a rule', () => {
  it.each([
    [
      'a country',
      [rules.IsISO31661Alpha2()],
      'Must be an ISO 3166-1 alpha-2 country code, such as DE.',
    ],
    ['a URL', [rules.IsUrl()], 'Must be a URL, such as https://example.com.'],
    [
      'any phone number',
      [rules.IsPhoneNumber()],
      'Must be a phone number with its country code, such as +4930123456.',
    ],
    ['a phone number', [rules.IsPhoneNumber('DE')], 'Must be a phone number of DE.'],
    ['a credit card', [rules.IsCreditCard()], 'Must be the number of a credit card.'],
    ['an ObjectId', [rules.IsMongoId()], 'Must be a MongoDB ObjectId: 24 hexadecimal digits.'],
    ['a part', [rules.Contains('a.c')], 'Must contain "a.c".'],
    ['other values', [rules.IsNotIn(['a', 1])], 'Must not be one of "a", 1.'],
    ['a version', [rules.IsUUID('4')], 'Must be a UUID of version 4.'],
    [
      'decimal places',
      [rules.IsNumber({ maxDecimalPlaces: 2 })],
      'Must have at most 2 decimal places.',
    ],
    ['items', [rules.IsUrl({}, each)], 'Each value must be a URL, such as https://example.com.'],
    [
      'a date',
      [rules.IsDateString()],
      'Must be an ISO 8601 date, such as 2026-01-31 or 2026-01-31T12:00:00Z.',
    ],
    [
      'the first date',
      [rules.IsDate(), rules.MinDate(new Date(0)), Type(() => Date)],
      'Must not be before 1970-01-01T00:00:00.000Z.',
    ],
    [
      'a first date that changes',
      [rules.IsDate(), rules.MinDate(() => new Date()), Type(() => Date)],
      undefined,
    ],
    ['a pattern with a flag', [rules.Matches(/^a$/i)], 'Must match /^a$/i regular expression.'],
    ['a pattern', [rules.Matches(/^a$/)], undefined],
    [
      'a pattern with words',
      [rules.Matches(/^a$/, { message: '$property must be a slug' })],
      'Must be a slug.',
    ],
    [
      'types, ranges and formats',
      [rules.IsString(), rules.Length(1, 9), rules.IsEmail()],
      undefined,
    ],
    [
      'a rule that a condition can switch off',
      [rules.IsUrl({}, { validateIf: () => false })],
      undefined,
    ],
    [
      'several rules',
      [rules.NotContains('a'), rules.IsLowercase()],
      expect.stringMatching(/^(?:Must be in lower case\.|Must not contain "a"\.| ){3}$/),
    ],
  ])('says %s', (_, all, words) => {
    expect(said(...all)).toEqual(words);
  });

  it.each([
    ['@Description()', Description('Where it is')],
    ['@ApiProperty()', ApiProperty({ description: 'Where it is. ' })],
  ])('follows the description: %s', (_, described) => {
    expect(said(described, rules.IsISO6391())).toMatch(
      /^Where it is\. ? Must be an ISO 639-1 language code, such as de\.$/,
    );
  });
});

describe("the application's own rule", () => {
  @rules.ValidatorConstraint({ name: 'odd' })
  class Odd implements rules.ValidatorConstraintInterface {
    static made = 0;
    constructor() {
      Odd.made++;
    }
    validate(): boolean {
      return true;
    }
    defaultMessage(args: rules.ValidationArguments): string {
      return `${args.property} must be odd, and more than ${String(args.constraints?.[0])}`;
    }
  }

  it.each([
    ['with a message', own('$property must be even'), 'Must be even.'],
    ['with a function', own(({ property }) => `${property} must be even`), 'Must be even.'],
    ['with a default message', own(undefined, () => 'must be even!'), 'Must be even!'],
    ['of a class', rules.Validate(Odd, [3]), 'Must be odd, and more than 3.'],
    ['without a message', own(), undefined],
    ['whose message repeats the value', own('$value is odd'), undefined],
    ['whose message depends on the value', own(({ value }) => `not ${String(value)}`), undefined],
    [
      'whose message fails without a value',
      own(({ value }) => (value as string).trim()),
      undefined,
    ],
    ['that is translated later', own(() => 'rules.EVEN|{"constraints":[]}'), undefined],
  ])('%s', (_, rule, words) => {
    expect(said(rule)).toBe(words);
    expect(Odd.made).toBe(0);
  });

  it('has no sentence beside its schema', () => {
    const context = { jsonSchema: { type: 'integer', multipleOf: 2 } };
    const even = rules.ValidateBy(
      { name: 'even', validator: { validate: () => true } },
      { message: 'must be even', context },
    );
    expect(published(even)).toEqual(context.jsonSchema);
  });

  it('leaves a property without words as it was', () => {
    expect(published(own())).toEqual(ARGUMENTS.anything);
  });
});
