import type { Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { McpModule } from '@nestmcp/core';
import { guideOf } from '../support/fixtures/guide.js';

const server = () => McpModule.forRoot({ name: 'customers', version: '1.0.0' });

describe('the guide to errors', () => {
  const { load, errors, start, connect } = guideOf('docs/guides/errors.md');
  const { CustomersTools } = load('src/customers.tools.ts') as Record<string, Type>;
  const { ProblemFilter } = load('src/problem.filter.ts') as Record<string, Type>;

  it.each([
    ['rate', { stars: 6 }, "Invalid arguments for tool 'rate':\n- stars: must not be greater"],
    ['merge', { from: 'a', into: 'a' }, 'Give two different customers.'],
    ['find', { id: '7' }, 'There is no customer 7'],
    ['import', {}, 'Nothing to import.'],
  ])('shows the model the messages that are meant for it: %s', async (tool, args, words) => {
    await start(server(), CustomersTools);
    const result = await (await connect()).callTool(tool, args);
    expect(result).toMatchObject({ isError: true });
    expect(JSON.stringify(result.content)).toContain(JSON.stringify(words).slice(1, -1));
  });

  it('masks all other errors, with a reference that is in the log', async () => {
    await start(server(), CustomersTools);
    const result = await (await connect()).callTool('export');
    const [, reference = 'none'] = /\(ref (\w{8})\)/.exec(JSON.stringify(result)) ?? [];
    expect(result).toEqual({
      content: [{ type: 'text', text: `An error occurred invoking 'export' (ref ${reference})` }],
      isError: true,
    });
    const [line] = errors.filter((words) => words.includes(reference));
    expect(line).toContain(`MCP110 CustomersTools.export() failed (ref ${reference})`);
    expect(line).toContain('ECONNREFUSED');
  });

  it('reports protocol errors as protocol errors', async () => {
    await start(server(), CustomersTools);
    await expect((await connect()).callTool('page', { cursor: 'x' })).rejects.toMatchObject({
      code: -32_602,
      message: expect.stringContaining('Bad cursor'),
      data: { cursor: 'x' },
    });
  });

  it('makes the output of a filter the result', async () => {
    const filter = { provide: APP_FILTER, useClass: ProblemFilter };
    await start(server(), CustomersTools, filter);
    const client = await connect();
    await expect(client.callText('find', { id: '7' })).rejects.toThrow(
      /^find: There is no customer 7$/,
    );
    await expect(client.callText('export')).rejects.toThrow(/^export: Something went wrong$/);
    await expect(client.callText('merge', { from: 'a', into: 'a' })).rejects.toThrow(
      'merge: Give two different customers.',
    );
  });

  it.each([
    ['writes below 400', { status: 200, body: { fine: true } }, '{"fine":true}', undefined],
    ['returns a value', { returned: { fine: true } }, '{"fine":true}', undefined],
    ['returns nothing', {}, 'There is no customer 7', true],
    ['throws', { thrown: new Error('secret') }, 'An error occurred', true],
  ])('is right about a filter that %s', async (_, behaviour, words, isError) => {
    const { status, body, returned, thrown } = behaviour as Behaviour;
    const useValue = {
      catch(__: unknown, host: { switchToHttp(): { getResponse(): ResponseLike } }): unknown {
        if (thrown !== undefined) throw thrown;
        if (body !== undefined)
          host
            .switchToHttp()
            .getResponse()
            .status(status ?? 500)
            .send(body);
        return returned;
      },
    };
    await start(server(), CustomersTools, { provide: APP_FILTER, useValue });
    const result = await (await connect()).callTool('find', { id: '7' });
    expect(result.isError).toBe(isError);
    expect(result.content).toMatchObject([{ text: expect.stringContaining(words) }]);
  });
});

interface Behaviour {
  readonly status?: number;
  readonly body?: object;
  readonly returned?: object;
  readonly thrown?: Error;
}

interface ResponseLike {
  status(code: number): { send(body: object): void };
}
