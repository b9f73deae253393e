import { DataSource } from 'typeorm';
import { OrdersApp } from './support/orders-app.js';

describe('the log of pino', () => {
  let orders: OrdersApp;

  beforeAll(async () => {
    orders = await OrdersApp.create();
  });

  afterAll(() => orders.app.close());

  it('has the cause of a failure that the client does not see, under its reference', async () => {
    await orders.app.get(DataSource).query('DROP TABLE "order"');
    await using client = await orders.client(orders.bearer('sam', 'sales'));
    const { isError, content } = await client.callTool('list_orders');
    const [block] = content;
    const text = block?.type === 'text' ? block.text : '';
    expect(isError).toBe(true);
    expect(text).not.toContain('no such table');

    const [, reference = 'none'] = /\(ref ([\w-]+)\)/.exec(text) ?? [];
    const lines = orders.log.filter((line) => JSON.stringify(line).includes(reference));
    expect(JSON.stringify(lines)).toContain('no such table');
  });

  it('never has a token', async () => {
    const token = orders.bearer('sam', 'sales');
    await orders.rest.get('/api/v1/customers').set('authorization', token).expect(200);
    expect(orders.log).toContainEqual(expect.objectContaining({ msg: 'request completed' }));
    expect(JSON.stringify(orders.log)).not.toContain(token.slice('Bearer '.length));
  });
});
