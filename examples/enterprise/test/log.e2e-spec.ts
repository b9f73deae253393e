import { DataSource } from 'typeorm';
import { OrdersApp } from './support/orders-app.js';

describe('the log of pino', () => {
  let orders: OrdersApp;

  beforeAll(async () => {
    orders = await OrdersApp.create();
  });

  afterAll(() => orders.app.close());

  it('has one line of a failure that the client does not see, with its reference and cause', async () => {
    await orders.app.get(DataSource).query('DROP TABLE "order"');
    await using client = await orders.client(orders.bearer('sam', 'sales'));
    const { isError, content } = await client.callTool('list_orders');
    const [block] = content;
    const text = block?.type === 'text' ? block.text : '';
    expect(isError).toBe(true);
    expect(text).not.toContain('no such table');

    const [, reference = 'none'] = /\(ref ([\w-]+)\)/.exec(text) ?? [];
    const lines = orders.log.filter((line) => JSON.stringify(line).includes('no such table'));
    expect(lines).toMatchObject([
      {
        msg: expect.stringContaining(`OrderTools.listOrders() failed (ref ${reference})`) as string,
        err: { original: { type: 'QueryFailedError', code: 'SQLITE_ERROR' } },
      },
    ]);
  });

  it('never has a token', async () => {
    const token = orders.bearer('sam', 'sales');
    await orders.rest.get('/api/v1/customers').set('authorization', token).expect(200);
    expect(orders.log).toContainEqual(expect.objectContaining({ msg: 'request completed' }));
    expect(JSON.stringify(orders.log)).not.toContain(token.slice('Bearer '.length));
  });
});
