import { isDeepStrictEqual } from 'node:util';
import type { Type } from '@nestjs/common';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { compiled } from './compilers.js';

const FILE = 'test/schema/scalars.dto.ts';

/** Where class-validator-jsonschema differs, and why our schema is as it is. */
const DIFFERENT: Record<string, string> = {
  Anything: 'some model APIs refuse a schema that says nothing',
  AnyList: 'its "items": {} says nothing',
  Constant: '"const" says the same as "enum" of one, without a type that is wrong for mixed values',
  Containing: 'the rule takes text, not a pattern: "a.c" would be read as one',
  Defined: 'some model APIs refuse a schema that says nothing',
  Empty: 'its "nullable" is of OpenAPI, no keyword of JSON Schema',
  Flagged: 'the flag is lost, so it refuses what the rule accepts',
  MixedEnum: 'it accepts the names of members as well, and calls numbers text',
  NotEmpty: 'the rule accepts numbers and lists, too',
  NumberEnum: 'it accepts the names of members as well, and calls numbers text',
};

const ours = (type: Type) => planClass(type, new Map()).inputSchema.properties as { x: unknown };

describe.each(compiled<Record<string, Type>>(FILE))(
  'class-validator-jsonschema on what %s compiles',
  (_, classes) => {
    const theirs = validationMetadatasToSchemas() as Record<
      string,
      { properties?: { x?: unknown } }
    >;

    it.each(Object.entries(classes))(
      'differs for %s only where the difference is listed',
      (name, type) => {
        const [said, says] = [theirs[name]?.properties?.x, ours(type).x];
        const isSame = isDeepStrictEqual(says, said);
        expect({ said, says, isSame }).toEqual({
          said: expect.anything() as unknown,
          says,
          isSame: !(name in DIFFERENT),
        });
      },
    );

    it('lists no difference that does not exist', () => {
      expect(Object.keys(classes)).toEqual(expect.arrayContaining(Object.keys(DIFFERENT)));
    });
  },
);
