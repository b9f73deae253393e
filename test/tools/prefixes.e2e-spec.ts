import { Module } from '@nestjs/common';
import { McpBootException, McpTool, McpToolType, Param, toolReference } from '@nestmcp/core';
import { McpTestClient } from '@nestmcp/testing';
import { derivedName } from '../../libs/core/src/primitives/entry/derived-name.js';
import { startApp } from '../support/app/test-app.js';
import {
  EchoPrompt,
  EchoPromptType,
} from '../support/fixtures/echo-prompts/echo-prompt.decorator.js';
import { ECHO_PROMPT } from '../support/fixtures/echo-prompts/echo-prompt-kind.js';
import { primitiveName } from '../../libs/core/src/primitives/entry/primitive-name.js';

abstract class CrudTools {
  abstract readonly table: string;
  @McpTool('List')
  listAll(): string {
    return `all ${this.table}`;
  }
  @McpTool({ name: 'get' })
  findOne(@Param('id') id: string): string {
    return `${this.table} ${id}`;
  }
}

@McpToolType({ prefix: 'orders_' })
class OrderTools extends CrudTools {
  readonly table = 'orders';
  @McpTool()
  cancelAsync(): string {
    return 'cancelled';
  }
}

@McpToolType({ prefix: 'users.' })
class UserTools extends CrudTools {
  readonly table = 'users';
}

/** Marked itself, without a prefix. */
@McpToolType()
class PlainTools extends OrderTools {}

/** Not marked itself. */
class VipTools extends UserTools {}

@McpToolType({ prefix: '' })
class EmptyTools {
  @McpTool()
  ping(): void {}
}

@McpToolType()
class FirstHeir extends CrudTools {
  readonly table = 'first';
}
@McpToolType()
class SecondHeir extends CrudTools {
  readonly table = 'second';
}

@McpToolType({ prefix: 'tool_' })
@EchoPromptType({ prefix: 'prompt_' })
class TwoKinds {
  @McpTool()
  @EchoPrompt()
  show(): void {}
}

type Tools = new () => object;

async function namesOf(...providers: Tools[]): Promise<string[]> {
  const { app } = await startApp({ providers });
  try {
    const client = await McpTestClient.connect(app);
    const names = (await client.listTools()).map(({ name }) => name);
    await client.close();
    return names.toSorted();
  } finally {
    await app.close();
  }
}

async function problemsOf(...providers: Tools[]): Promise<readonly string[]> {
  const error: unknown = await startApp({ providers }).then(
    ({ app }) => app.close(),
    (thrown: unknown) => thrown,
  );
  return error instanceof McpBootException ? error.problems : [];
}

describe('a prefix', () => {
  it('begins the names of a class, derived, given and inherited', async () => {
    await expect(namesOf(OrderTools, UserTools)).resolves.toEqual([
      'orders_cancel',
      'orders_get',
      'orders_list_all',
      'users.get',
      'users.list_all',
    ]);
  });

  it.each<[string, Tools, string[]]>([
    [
      'is inherited by a class that is not marked itself',
      VipTools,
      ['users.get', 'users.list_all'],
    ],
    ['is not inherited by a class that is', PlainTools, ['cancel', 'get', 'list_all']],
    ['may be empty', EmptyTools, ['ping']],
  ])('%s', async (_, type, names) => {
    await expect(namesOf(type)).resolves.toEqual(names);
  });

  it('is found by a call that names the class and the method', async () => {
    const { app } = await startApp({ providers: [OrderTools, UserTools] });
    const client = await McpTestClient.connect(app);
    await client.callTool(OrderTools, 'listAll').expectText('all orders');
    await client.callTool(UserTools, 'listAll').expectText('all users');
    await client.callTool(UserTools, 'findOne', ['7']).expectText('users 7');
    await client.close();
    await app.close();
    expect(toolReference(VipTools, 'findOne').name).toBe('users.get');
    expect(toolReference(PlainTools, 'findOne').name).toBe('get');
  });

  it('belongs to one kind of primitive', () => {
    expect(toolReference(TwoKinds, 'show').name).toBe('tool_show');
    expect(primitiveName(ECHO_PROMPT, TwoKinds, 'show', undefined)).toBe('prompt_show');
    expect(primitiveName(ECHO_PROMPT, TwoKinds, 'show', 'given')).toBe('prompt_given');
    expect(primitiveName(ECHO_PROMPT, OrderTools, 'listAll', undefined)).toBe(
      derivedName('listAll'),
    );
  });

  it.each(['with space', 'größe', 'a/b', 'x'.repeat(128), 5, null, ['a_'], {}])(
    'stops the start if it is not one: %j',
    async (prefix) => {
      @McpToolType({ prefix: prefix as string })
      class BadTools {
        @McpTool()
        ping(): void {}
        @McpTool()
        pong(): void {}
      }
      await expect(problemsOf(BadTools)).resolves.toEqual([
        'MCP020 BadTools: `prefix` of @McpToolType() must be up to 127 of the characters A-Z a-z 0-9 _ - and the dot.',
      ]);
    },
  );

  it('stops the start if it makes a name too long', async () => {
    @McpToolType({ prefix: 'x'.repeat(127) })
    class LongTools {
      @McpTool()
      ab(): void {}
    }
    await expect(problemsOf(LongTools)).resolves.toEqual([
      expect.stringMatching(/^MCP003 LongTools\.ab\(\) is named "x+ab"/),
    ]);
  });
});

describe('two classes that inherit a tool', () => {
  it('are reported with the fix: a prefix on one of them', async () => {
    const problems = await problemsOf(FirstHeir, SecondHeir);
    expect(problems).toHaveLength(2);
    for (const problem of problems)
      expect(problem).toMatch(
        /^MCP001 .+ FirstHeir\.\w+\(\) .+ SecondHeir\.\w+\(\) .+@McpToolType\(\{ prefix: '…' \}\)/,
      );
  });

  it('start with that fix', async () => {
    @McpToolType({ prefix: 'second_' })
    class Fixed extends SecondHeir {}
    await expect(namesOf(FirstHeir, Fixed)).resolves.toEqual([
      'get',
      'list_all',
      'second_get',
      'second_list_all',
    ]);
  });

  it('are served by different modules as well', async () => {
    @Module({ providers: [OrderTools] })
    class Orders {}
    @Module({ providers: [UserTools] })
    class Users {}
    const { app } = await startApp({ imports: [Orders, Users] });
    const client = await McpTestClient.connect(app);
    await client.callTool(OrderTools, 'listAll').expectText('all orders');
    await client.close();
    await app.close();
  });
});
