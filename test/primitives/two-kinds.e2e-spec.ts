import { IsString } from 'class-validator';
import { McpModule, McpTool, McpToolType, Param } from '@nestmcp/core';
import { MCP_SERVERS } from '../../libs/core/src/interfaces/mcp.metadata.js';
import { ListChanges } from '../../libs/core/src/registry/list-changes.js';
import { ChangeRelay } from '../../libs/core/src/session/change-relay.js';
import { startApp } from '../support/app/test-app.js';
import {
  EchoPrompt,
  EchoPromptType,
} from '../support/fixtures/echo-prompts/echo-prompt.decorator.js';

// The line that a new kind of primitive adds to features/index.ts.
jest.mock('../../libs/core/src/features/index.js', () => {
  const { FEATURES } = jest.requireActual<object & { FEATURES: object[] }>(
    '../../libs/core/src/features/index.js',
  );
  const { ECHO_PROMPTS } = jest.requireActual<{ ECHO_PROMPTS: object }>(
    '../support/fixtures/echo-prompts/echo-prompts.providers.js',
  );
  return { FEATURES: [...FEATURES, ECHO_PROMPTS] };
});

@EchoPromptType()
class Prompts {
  @EchoPrompt()
  hello(): string {
    return 'hello';
  }
}

async function problemsOf(options: object): Promise<string> {
  const imports = [McpModule.forFeature(options as never)];
  return startApp({ imports, providers: [Prompts] }).then(() => 'none', String);
}

describe('a class of two kinds', () => {
  it('is on the server that one of its decorators names, in any order', () => {
    @EchoPromptType()
    @McpToolType({ server: 'admin' })
    class PromptsFirst {}
    @McpToolType({ server: 'admin' })
    @EchoPromptType()
    class ToolsFirst {}
    for (const type of [PromptsFirst, ToolsFirst])
      expect(Reflect.getMetadata(MCP_SERVERS, type)).toEqual(['admin']);
  });

  it('cannot be on different servers', () => {
    class Two {}
    McpToolType({ server: 'admin' })(Two);
    expect(() => EchoPromptType({ server: 'public' })(Two)).toThrow(
      "MCP033 the decorators of Two name different servers: 'admin' and 'public'.",
    );
  });

  it('may have methods of both kinds, with arguments of a class', async () => {
    class Order {
      @IsString()
      id = '';
    }
    @EchoPromptType()
    @McpToolType()
    class Both {
      @EchoPrompt()
      @McpTool()
      show(@Param() { id }: Order): string {
        return id;
      }
    }
    const { app } = await startApp({ providers: [Both] });
    await app.close();
  });
});

describe('McpModule.forFeature() with a new kind', () => {
  it('needs a list of one kind', async () => {
    expect(await problemsOf({ server: 'default' })).toContain('`tools` is required');
  });

  it('refuses a class in the list of another kind', async () => {
    expect(await problemsOf({ tools: [Prompts] })).toContain(
      'MCP035 McpModule.forFeature() lists Prompts, which is not marked. Put @McpToolType() on it.',
    );
  });
});

describe('a change on another node', () => {
  it('is announced for known lists only', async () => {
    const { app } = await startApp({ providers: [Prompts] });
    const announced: string[] = [];
    app.get(ListChanges, { strict: false }).subscribe((list) => announced.push(list));
    const relay = app.get(ChangeRelay, { strict: false });
    for (const feature of ['later', 'echoPrompts'])
      relay.relay({ kind: 'list_changed', server: 'default', feature });
    expect(announced).toEqual(['echoPrompts']);
    await app.close();
  });
});
