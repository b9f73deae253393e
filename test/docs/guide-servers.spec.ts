import type { Type } from '@nestjs/common';
import { McpTestClient } from '@nestmcp/testing';
import { guideOf } from '../support/fixtures/guide.js';

describe('the guide to several servers', () => {
  const { load, app, start } = guideOf('docs/guides/several-servers.md');
  const clients: McpTestClient[] = [];

  const connect = async (server?: string): Promise<McpTestClient> => {
    const headers = { 'x-admin-key': 'for development only' };
    const client = await McpTestClient.over(app(), 'sse', {
      server,
      headers,
      params: { id: 'blue' },
    });
    clients.push(client);
    return client;
  };

  beforeEach(() => start(load('src/app.module.ts').AppModule));
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));

  it.each([
    [undefined, ['list_articles']],
    ['admin', ['count_users', 'sales_report']],
    ['tenants', ['count_users', 'whose_shop']],
  ])('has on the server %s the documented tools', async (server, names) => {
    const tools = await (await connect(server)).listTools();
    expect(tools.map(({ name }) => name).toSorted()).toEqual(names);
  });

  it('passes the tenant to tools', async () => {
    const client = await connect('tenants');
    await expect(client.callText('whose_shop')).resolves.toBe('the shop of blue');
  });

  it('guards one server', async () => {
    await expect(McpTestClient.over(app(), 'sse', { server: 'admin' })).rejects.toThrow('403');
  });

  it('injects what the servers export', async () => {
    const { EndpointsService } = load('src/endpoints.service.ts') as {
      EndpointsService: Type<{ all(): string[] }>;
    };
    expect(app().get(EndpointsService).all()).toEqual(['/sse', '/admin/sse']);
  });
});
