import type { Type } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import type { JsonSchema } from '../../libs/core/src/interfaces/json.js';
import { compiled } from './compilers.js';

/** The schemas of the properties and definitions, with arguments that are accepted and refused. */
export interface Shape {
  readonly properties: Record<string, JsonSchema>;
  /** Default: all properties. */
  readonly required?: readonly string[];
  readonly $defs?: Record<string, JsonSchema>;
  readonly accepted: readonly object[];
  /** Values that the rules accept although the schema does not. Default: none. */
  readonly unpublished?: readonly object[];
  readonly refused: readonly object[];
  readonly groups?: readonly string[];
}

const ajv = new Ajv2020({ strict: true, strictTypes: false });
for (const [name, format] of Object.entries(fullFormats)) ajv.addFormat(name, format);

/** A closed object, as the walker publishes each class. */
export const closed = (
  properties: Record<string, JsonSchema>,
  required = Object.keys(properties),
) => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

/** A shape whose only property is `x`. `x` is required unless the shape marks it as optional. */
export function one(
  x: JsonSchema,
  accepted: readonly unknown[],
  refused: readonly unknown[],
  more: Partial<Shape> = {},
): Shape {
  return {
    properties: { x },
    accepted: accepted.map((value) => ({ x: value })),
    refused: [...refused.map((value) => ({ x: value })), ...(more.required ? [] : [{}])],
    ...more,
  };
}

/** Like {@link maybe}, under `@IsOptional()`: null is accepted, and not published. */
export function optional(
  x: JsonSchema,
  accepted: readonly unknown[],
  refused: readonly unknown[],
  more: Partial<Shape> = {},
): Shape {
  return maybe(x, accepted, refused, { unpublished: [{ x: null }], ...more });
}

/** Like {@link one}, for an optional property. */
export function maybe(
  x: JsonSchema,
  accepted: readonly unknown[],
  refused: readonly unknown[],
  more: Partial<Shape> = {},
): Shape {
  const shape = one(x, accepted, refused, { required: [], ...more });
  return { ...shape, accepted: [{}, ...shape.accepted] };
}

/** Registers the tests of a table. Its keys are the classes that a file exports. */
export function testTable(
  file: string,
  table: Record<string, Shape>,
  helpers: string[] = [],
): void {
  describe.each(compiled<Record<string, Type>>(file))(`${file}, compiled by %s`, (_, classes) => {
    const typeOf = (name: string): Type => classes[name] ?? class Missing {};

    it.each(Object.entries(table))('publishes %s', (name, shape) => {
      const { inputSchema } = planClass(typeOf(name), new Map(), shape.groups);
      const { properties, required, $defs } = shape;
      expect(inputSchema).toEqual({
        ...closed(properties, required as string[]),
        ...($defs && { $defs }),
      });
      expect(ajv.validateSchema(inputSchema)).toBe(true);
    });

    it.each(Object.entries(table))(
      'accepts and refuses for %s what its schema accepts and refuses',
      async (name, shape) => {
        const plan = planClass(typeOf(name), new Map(), shape.groups);
        const validate = ajv.compile(plan.inputSchema);
        const isAccepted = (given: object) =>
          plan.read({ ...given }).then(
            () => true,
            (error: Error) => error.name !== 'InvalidArgumentsError' && error.message,
          );
        for (const given of shape.accepted)
          expect([given, await isAccepted(given), validate(given)]).toEqual([given, true, true]);
        for (const given of shape.unpublished ?? [])
          expect([given, await isAccepted(given), validate(given)]).toEqual([given, true, false]);
        for (const given of shape.refused)
          expect([given, await isAccepted(given), validate(given)]).toEqual([given, false, false]);
      },
    );

    it('has a row for every class', () => {
      const exported = Object.keys(classes).filter((name) => !helpers.includes(name));
      expect(Object.keys(table).toSorted()).toEqual(exported.toSorted());
    });
  });
}
