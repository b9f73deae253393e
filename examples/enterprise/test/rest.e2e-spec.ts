import type { Customer } from '../src/customers/customer.entity.js';
import type { Order } from '../src/orders/order.entity.js';
import { OrdersApp } from './support/orders-app.js';

describe('the REST API', () => {
  let orders: OrdersApp;
  let manager: string;
  let tea: Customer;

  beforeAll(async () => {
    orders = await OrdersApp.create();
    const credentials = { username: 'mia', password: 'manager' };
    const { body } = await orders.rest.post('/api/v1/auth/login').send(credentials).expect(200);
    manager = `Bearer ${(body as { accessToken: string }).accessToken}`;
    const customers = await orders.rest.get('/api/v1/customers').set('authorization', manager);
    [tea] = customers.body as [Customer];
  });

  afterAll(() => orders.app.close());

  const place = (order: object) =>
    orders.rest.post('/api/v1/orders').set('authorization', manager).send(order);

  it('places, changes, sums up and cancels an order', async () => {
    const { body } = await place({ customerId: tea.id, article: 'TEA-1', quantity: 3 }).expect(201);
    const order = body as Order;
    expect(order).toMatchObject({ total: 3_000, status: 'open', placedBy: 'mia' });
    const url = `/api/v1/orders/${order.id}`;
    await orders.rest.patch(url).set('authorization', manager).send({ quantity: 2 }).expect(200);
    const sales = await orders.rest.get('/api/v1/orders/sales').set('authorization', manager);
    expect(sales.body).toEqual({ orders: 1, total: 2_000 });
    await orders.rest.delete(url).set('authorization', manager).expect(200);
    await orders.rest.delete(url).set('authorization', manager).expect(409);
  });

  it('leaves out what its serializer excludes', () => {
    expect(tea).toEqual({ id: expect.any(String) as string, name: 'Arctic Tea' });
  });

  it('refuses what its DTO does not allow', async () => {
    await place({ customerId: tea.id, article: 'TEA-1', quantity: 100 }).expect(400);
  });

  it('refuses requests without a token, and with too small a role', async () => {
    await orders.rest.get('/api/v1/orders').expect(401);
    const sales = orders.bearer('sam', 'sales');
    await orders.rest.get('/api/v1/orders/sales').set('authorization', sales).expect(403);
  });

  it('says that it is healthy, to anyone', async () => {
    const { body } = await orders.rest.get('/health').expect(200);
    expect(body).toMatchObject({ status: 'ok', details: { database: { status: 'up' } } });
  });

  it('has the headers of helmet, and compresses', async () => {
    const { headers } = await orders.rest.get('/docs-json').set('accept-encoding', 'gzip');
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is all that its OpenAPI document describes', async () => {
    const { body } = await orders.rest.get('/docs-json').expect(200);
    expect(Object.keys((body as { paths: object }).paths).toSorted()).toEqual([
      '/api/v1/auth/login',
      '/api/v1/customers',
      '/api/v1/customers/{id}/credit',
      '/api/v1/orders',
      '/api/v1/orders/sales',
      '/api/v1/orders/{id}',
      '/health',
    ]);
  });
});
