import { Controller, type INestApplication, Body, Post, type Type } from '@nestjs/common';
import { ApiProperty, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { IsInt, IsString } from 'class-validator';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { outputSource } from '../../libs/core/src/schema/sources/output-source.js';
import type { JsonSchema } from '../../libs/core/src/interfaces/json.js';
import { startApp } from '../support/app/test-app.js';
import { compiledWithPlugin } from './swagger-plugin.js';

const classes = compiledWithPlugin('test/schema/swagger.dto.ts');
const typeOf = (name: string): Type => classes[name] ?? class Missing {};
const schemaOf = (name: string) => planClass(typeOf(name), new Map()).inputSchema;
const propertiesOf = (name: string) => schemaOf(name).properties as Record<string, JsonSchema>;

const text = { type: 'string' };
const integer = { type: 'integer' };
const ROLE = { $ref: '#/$defs/Role' };
const UNIT = { ...text, enum: ['c', 'k'] };
const NAME = { description: 'What it is called', ...text, examples: ['a'] };
const REST = {
  caller: { description: 'Who asks', ...text },
  count: { description: 'How many', ...integer, examples: [5] },
  size: integer,
  page: { ...integer, default: 1 },
  unit: { description: 'How it is measured', minLength: 1, ...UNIT },
  units: { type: 'array', items: UNIT },
  level: { ...text, enum: ['low', 'high'] },
  tags: { type: 'array', items: text },
  role: { anyOf: [ROLE, { type: 'null' }] },
  roles: { type: 'array', items: ROLE },
  map: { type: 'object' },
  point: { type: 'object' },
  anything: expect.objectContaining({ anyOf: expect.any(Array) as unknown }) as JsonSchema,
  words: text,
};
const ALL = { name: NAME, ...REST };

describe('a class that the Swagger CLI plugin compiled', () => {
  it.each([
    ['Create', ALL, ['name', 'count', 'unit', 'caller']],
    ['Update', ALL, undefined],
    ['Unnamed', REST, ['count', 'unit', 'caller']],
    ['Named', { name: NAME }, ['name']],
    ['Both', { name: NAME, id: integer }, ['name', 'id']],
    ['AllHidden', {}, undefined],
  ])('publishes the texts, types and enums of %s, and no default', (name, properties, required) => {
    expect(propertiesOf(name)).toEqual(properties);
    expect(schemaOf(name).required?.toString().split(',').toSorted()).toEqual(required?.toSorted());
  });

  it.each(['Update', 'Named', 'Unnamed', 'AllHidden'])(
    'accepts the hidden property of %s and does not name it',
    async (name) => {
      const plan = planClass(typeOf(name), new Map());
      const hidden = name === 'AllHidden' ? 'secret' : 'trace';
      const needed = { name: 'a', count: 1, unit: 'c', caller: 'a' };
      const given = Object.fromEntries(
        Object.entries(needed).filter(([one]) => one in propertiesOf(name)),
      );
      await expect(plan.read({ ...given, [hidden]: 'a' })).resolves.toMatchObject({
        [hidden]: 'a',
      });
      await expect(plan.read({ ...given, other: 1 })).rejects.toThrow('other: is not an argument');
      await expect(plan.read({ ...given, other: 1 })).rejects.not.toThrow(hidden);
    },
  );

  it('enforces the types that it publishes', async () => {
    const plan = planClass(typeOf('Update'), new Map());
    await expect(plan.read({ role: { id: 1 }, roles: [{ id: 2 }], words: 'a,b' })).resolves.toEqual(
      expect.objectContaining({ role: { id: 1 }, words: ['a', 'b'] }),
    );
    for (const wrong of [{ role: { id: 'a' } }, { tags: [1] }, { unit: 'x' }, { point: 1 }])
      await expect(plan.read(wrong)).rejects.toThrow(Object.keys(wrong)[0] ?? '');
  });

  it('may be a result with its hidden properties', async () => {
    const source = outputSource(typeOf('Named'));
    expect(source.jsonSchema).not.toHaveProperty('properties.trace');
    await expect(Promise.resolve(source.validate({ name: 'a', trace: 'b' }))).resolves.toEqual({
      value: { name: 'a', trace: 'b' },
    });
  });
});

class ByHand {
  @ApiProperty({ description: 'Found', default: 'a' })
  @IsString()
  name!: string;
  @IsInt()
  count!: number;
  static _OPENAPI_METADATA_FACTORY() {
    return {
      name: { required: true, type: () => String, description: 'Lost', title: 'Found' },
      count: { required: true, type: () => Number, description: 'How many' },
    };
  }
}

@McpToolType()
class Tools {
  @McpTool()
  create(@Param() given: ByHand): string {
    return given.name;
  }
}

@Controller()
class Routes {
  @Post('things')
  create(@Body() given: ByHand): string {
    return given.name;
  }
}

const document = (app: INestApplication): void =>
  void SwaggerModule.createDocument(app, new DocumentBuilder().build());

describe('the texts of Swagger', () => {
  it.each<[string, (app: INestApplication) => void]>([
    ['without a document', () => undefined],
    ['with a document made before the start', document],
    [
      'with a document made on demand',
      (app) =>
        SwaggerModule.setup('docs', app, () =>
          SwaggerModule.createDocument(app, new DocumentBuilder().build()),
        ),
    ],
  ])('are published %s', async (_, configure) => {
    const { app } = await startApp({ providers: [Tools], controllers: [Routes], configure });
    const client = await McpTestClient.connect(app);
    const [tool] = await client.listTools();
    expect(tool?.inputSchema.properties).toEqual({
      name: { title: 'Found', description: 'Found', type: 'string' },
      count: { description: 'How many', type: 'integer' },
    });
    await client.close();
    await app.close();
  });
});
