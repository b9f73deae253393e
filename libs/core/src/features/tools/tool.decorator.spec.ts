import { Injectable, Scope } from '@nestjs/common';
import {
  INJECTABLE_WATERMARK,
  PARAMTYPES_METADATA,
  ROUTE_ARGS_METADATA,
  SCOPE_OPTIONS_METADATA,
} from '@nestjs/common/constants.js';
import { IsString } from 'class-validator';
import { McpContext } from '../../execution/context/mcp-context.js';
import { TOOL } from './definition/tool-kind.js';
import { Param } from '../../schema/decorators/param.decorator.js';
import { McpTool, McpToolType } from './tool.decorator.js';

const scopeOf = (type: object) =>
  (Reflect.getMetadata(SCOPE_OPTIONS_METADATA, type) as { scope?: Scope } | undefined)?.scope;

describe('@McpToolType', () => {
  it('marks the class and makes it injectable', () => {
    @McpToolType()
    class Tools {}
    expect(Reflect.getMetadata(TOOL.typeKey, Tools)).toBe(true);
    expect(Reflect.getMetadata(INJECTABLE_WATERMARK, Tools)).toBe(true);
    expect(scopeOf(Tools)).toBeUndefined();
  });

  it('sets the given scope', () => {
    @McpToolType({ scope: Scope.REQUEST })
    class Tools {}
    expect(scopeOf(Tools)).toBe(Scope.REQUEST);
  });

  it('keeps a scope of @Injectable below it', () => {
    @McpToolType()
    @Injectable({ scope: Scope.REQUEST })
    class Tools {}
    expect(scopeOf(Tools)).toBe(Scope.REQUEST);
  });

  it('keeps a scope of @Injectable above it', () => {
    @Injectable({ scope: Scope.TRANSIENT })
    @McpToolType()
    class Tools {}
    expect(scopeOf(Tools)).toBe(Scope.TRANSIENT);
    expect(Reflect.getMetadata(TOOL.typeKey, Tools)).toBe(true);
  });

  it('keeps a scope of @Injectable also where it has options of its own', () => {
    @McpToolType({})
    @Injectable({ scope: Scope.REQUEST })
    class Tools {}
    expect(scopeOf(Tools)).toBe(Scope.REQUEST);
  });

  it('does not inherit the scope of its parent class', () => {
    @Injectable({ scope: Scope.REQUEST })
    class Base {}
    @McpToolType()
    class Tools extends Base {}
    expect(scopeOf(Tools)).toBeUndefined();
  });
});

class Dto {
  @IsString()
  text!: string;
}
class Tools {
  @McpTool('Say it')
  short() {}
  @McpTool({ title: 'Long', description: 'Say it', readOnly: true })
  long() {}
  @McpTool()
  plain() {}
  @McpTool()
  typed(@Param('a') _a: string, _ctx: McpContext, @Param('b') _b: number) {}
  @McpTool()
  whole(@Param() _dto: Dto) {}
}
const toolOf = (method: keyof Tools): unknown =>
  Reflect.getMetadata(TOOL.methodKey, Tools.prototype[method]);

const typesOf = (method: keyof Tools): unknown =>
  Reflect.getMetadata(PARAMTYPES_METADATA, Tools.prototype, method);

describe('@McpTool', () => {
  it.each([
    ['a description', 'short', { description: 'Say it', declaredTypes: [] }],
    [
      'options',
      'long',
      { title: 'Long', description: 'Say it', readOnly: true, declaredTypes: [] },
    ],
    ['nothing', 'plain', { declaredTypes: [] }],
    ['the types of its parameters', 'typed', { declaredTypes: [String, McpContext, Number] }],
    ['the class of its arguments', 'whole', { declaredTypes: [Dto] }],
  ] as const)('keeps %s', (_, method, metadata) => {
    expect(toolOf(method)).toStrictEqual(metadata);
  });

  it('binds a parameter of type McpContext without a decorator', () => {
    const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, Tools, 'typed') as Record<string, object>;
    expect(Object.values(args)).toContainEqual(expect.objectContaining({ index: 1 }));
    expect(Object.values(args)).toHaveLength(3);
  });

  it('hides the class of the arguments from a global ValidationPipe, and nothing else', () => {
    expect(typesOf('whole')).toEqual([Object]);
    expect(typesOf('typed')).toEqual([String, McpContext, Number]);
  });
});
