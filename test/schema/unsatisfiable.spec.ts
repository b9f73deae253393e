import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { planClass } from '../../libs/core/src/schema/arguments/arguments-plan.js';
import { startApp } from '../support/app/test-app.js';

class Filter {
  @IsString() name!: string;
}
interface Given {
  readonly value: unknown;
}
const parsed = ({ value }: Given): unknown => JSON.parse(String(value));
const split = ({ value }: Given): unknown => (value as string).split(',');

class Parsed {
  @ValidateNested() @Type(() => Filter) @Transform(parsed) filter!: Filter;
}
class Split {
  @IsString({ each: true }) @Transform(split) tags!: string[];
}
class Compared {
  @IsBoolean() @Transform(({ value }: Given) => value === 'true') isOpen!: boolean;
}
class Owner {
  @IsInt() @Transform(({ value }: { value: { id?: number } }) => value.id) owner!: number;
}
class Hidden {
  @ApiHideProperty() @IsString() trace!: string;
  static _OPENAPI_METADATA_FACTORY() {
    return {};
  }
}
class Said {
  @ApiProperty({ type: String }) @IsArray() @Transform(parsed) filter!: string[];
}
class Either {
  @IsArray()
  @Transform(({ value }: Given) => (typeof value === 'string' ? value.split(',') : value))
  tags!: string[];
  @IsInt() @Transform(({ value }: Given) => Number(value)) count!: number;
  @IsString() @Transform(({ value }: { value: string }) => value.trim()) name!: string;
  @IsBoolean() @Transform(({ value }: Given) => value === true || value === 'true') flag!: boolean;
  @IsOptional() @ApiHideProperty() @IsString() trace?: string;
}
class Trimmed {
  @IsNotEmpty() @Transform(({ value }: { value: string }) => value.trim()) name!: string;
  @IsNotEmpty() @Transform(({ value }: { value: string }) => value.length) length!: number;
}

const nothing = (): void => undefined;

describe('a property that no call can satisfy', () => {
  it.each([
    [Parsed, 'MCP060 Parsed.filter is published as an object'],
    [Split, 'MCP060 Split.tags is published as a list'],
    [Compared, 'MCP060 Compared.isOpen is published as a boolean'],
    [Owner, 'MCP060 Owner.owner is published as a whole number'],
    [Hidden, 'MCP061 Hidden.trace is hidden'],
  ])('is named: %p', (type, words) => {
    expect(planClass(type, new Map()).warnings).toEqual([expect.stringContaining(words)]);
  });

  it.each([[Said], [Either], [Filter]])('is not assumed of %p', (type) => {
    expect(planClass(type, new Map()).warnings).toEqual([]);
  });

  it('has the type of its declaration if the transformation keeps it', () => {
    const { properties } = planClass(Trimmed, new Map()).inputSchema;
    expect(properties).toMatchObject({ name: { type: 'string', minLength: 1 } });
    expect(properties).not.toHaveProperty('length.type');
  });

  it('is logged once at start, with the fix', async () => {
    @McpToolType()
    class Tools {
      @McpTool() find(@Param() given: Parsed): string {
        return given.filter.name;
      }
      @McpTool() count(@Param() given: Parsed): string {
        return given.filter.name;
      }
    }
    const lines: string[] = [];
    const logger = { log: nothing, error: nothing, warn: (line: string) => void lines.push(line) };
    const { app } = await startApp({ providers: [Tools], logger });
    expect(lines.filter((line) => line.startsWith('MCP06'))).toEqual([
      expect.stringMatching(/^MCP060 Parsed\.filter .*@ApiProperty\(\{ type: String \}\)/),
    ]);
    await app.close();
  });
});
