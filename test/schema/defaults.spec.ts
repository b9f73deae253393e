import { randomInt, randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import {
  Allow,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { classSchema } from '../support/fixtures/class-schema.js';
import { startApp } from '../support/app/test-app.js';

const STARTS = 100;
const STARTED = new Date().toISOString();

/** A class whose initializers depend on time, chance and state. It is made anew for each start, as by a new process. */
function freshClass(): Type {
  let count = 0;
  class Defaults {
    @IsString() constant = 'a';
    @Allow() list = [{ a: 1, b: ['c'] }];
    @IsString() createdAt = new Date().toISOString();
    @IsInt() epoch = Date.now();
    @IsString() day = new Date().toDateString();
    @IsString() called = Date();
    @IsInt() year = new Date().getUTCFullYear();
    @Allow() isEven = Date.now() % 2 === 0;
    @Allow() nested = { at: { ms: new Date().getMilliseconds() } };
    @IsInt() uptime = Math.floor(performance.now() / 1_000);
    @Allow() coin = Math.random() > 0.5;
    @IsInt() die = Math.floor(Math.random() * 6);
    @Allow() rare = Math.random() > 0.999;
    @IsString() id = randomUUID();
    @IsString() webId = crypto.randomUUID();
    @IsInt() bit = randomInt(2);
    @IsInt() counter = count++;
    @IsString() started = STARTED;
    @IsOptional() @IsString() sometimes = Math.random() > 0.5 ? 'a' : undefined;
    @IsString() rarely = Math.random() > 0.5 ? 'a' : undefined;
  }
  return Defaults;
}

describe('a published default', () => {
  it('cannot depend on time, chance or state', () => {
    const { properties, required } = classSchema(freshClass()) as {
      properties: Record<string, object>;
      required: string[];
    };
    const published = Object.entries(properties).filter(([, schema]) => 'default' in schema);
    expect(published.map(([name]) => name)).toEqual(['constant', 'list']);
    expect(required).toEqual(['rarely']);
  });

  it(`leaves tools/list the same over ${STARTS} starts`, async () => {
    const lists = new Set<string>();
    for (let start = 0; start < STARTS; start++) lists.add(await listOfOneStart());
    expect([...lists]).toEqual([expect.stringContaining('"default":"a"')]);
  }, 60_000);

  it('leaves the clock and the random numbers as they were', () => {
    const { Date: date } = globalThis;
    const before = attributes();
    classSchema(freshClass());
    expect(attributes()).toEqual(before);
    expect(globalThis.Date).toBe(date);
  });
});

describe('an initializer', () => {
  class Dto {
    @IsNotEmpty() name = '';
    @IsOptional() @MinLength(2) code = 'a';
    @IsIn(['a'], { each: true }) tags = ['b'];
    @IsOptional() @IsString() note: string | null = null;
    @IsNotEmpty() kind = 'a';
    @ValidateIf(() => true) @IsNotEmpty() condition = '';
  }

  it('does not make a property optional if the rules refuse its value', () => {
    const { properties, required } = classSchema(Dto) as {
      properties: Record<string, object>;
      required: string[];
    };
    expect(required).toEqual(['name', 'code', 'tags']);
    for (const name of required) expect(properties[name]).not.toHaveProperty('default');
    expect(properties.kind).toHaveProperty('default', 'a');
  });
});

describe('a class with another clock', () => {
  class Expired {
    @IsString() name = 'a';
    constructor() {
      if (new Date().getUTCFullYear() > 2090) throw new Error('expired');
    }
  }

  it('publishes no default if it cannot be made then, and the clock is back', () => {
    const { now } = Date;
    const { random } = Math;
    expect(classSchema(Expired)).toMatchObject({ properties: { name: { type: 'string' } } });
    expect(classSchema(Expired)).not.toHaveProperty('properties.name.default');
    expect([Date.now, Math.random]).toEqual([now, random]);
    expect(Math.abs(Date.now() - new Date(STARTED).getTime())).toBeLessThan(86_400_000);
  });

  it('gets dates that are instances of Date, whatever the clock', () => {
    const made: boolean[] = [];
    class Dated {
      @IsOptional() @IsString() at = (() => {
        const at = new Date();
        made.push(at instanceof Date && new Date(5).getTime() === 5);
        return at.toISOString();
      })();
    }
    classSchema(Dated);
    expect(made.length).toBeGreaterThan(3);
    expect(made).not.toContain(false);
  });
});

const attributes = () => ({
  date: Object.getOwnPropertyDescriptor(globalThis, 'Date'),
  random: Object.getOwnPropertyDescriptor(Math, 'random'),
  now: Object.getOwnPropertyDescriptor(performance, 'now'),
});

async function listOfOneStart(): Promise<string> {
  const type = freshClass();
  @McpToolType()
  class Tools {
    @McpTool()
    create(@Param(undefined, { type }) given: object): string {
      return Object.keys(given).join(' ');
    }
  }
  const { app } = await startApp({ providers: [Tools] });
  const client = await McpTestClient.connect(app);
  const list = JSON.stringify(await client.listTools());
  await client.close();
  await app.close();
  return list;
}
