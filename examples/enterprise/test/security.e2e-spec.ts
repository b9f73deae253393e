import { getOptionsToken } from '@nestjs/throttler';
import type { TestTransport } from '@nestmcp/testing';
import { OrderTools } from '../src/orders/order.tools.js';
import { OrdersApp } from './support/orders-app.js';

const TRANSPORTS: readonly TestTransport[] = ['2026-07-28', 'streamable-http', 'sse'];
const LIMIT = 12;

describe.each(TRANSPORTS)('the guards, over %s', (transport) => {
  let orders: OrdersApp;

  beforeEach(async () => {
    const limits = [{ ttl: 60_000, limit: LIMIT }];
    orders = await OrdersApp.create((builder) =>
      builder.overrideProvider(getOptionsToken()).useValue(limits),
    );
  });

  afterEach(() => orders.app.close());

  it('answer 401 without a token, and with a forged one', async () => {
    for (const authorization of ['', 'Bearer e30.e30.forged']) {
      const call = async (): Promise<void> => {
        const client = await orders.client(authorization, transport);
        await client.callTool('list_orders').finally(() => client.close());
      };
      await expect(call()).rejects.toMatchObject({ code: 401 });
    }
  });

  it('allow a tool to the role that it names, and deny it to others', async () => {
    const sam = await orders.client(orders.bearer('sam', 'sales'), transport);
    await sam.callTool(OrderTools, 'listOrders').expectJson([]);
    await sam.callTool(OrderTools, 'sumUpSales').expectDenied();
    const mia = await orders.client(orders.bearer('mia', 'manager'), transport);
    await mia.callTool(OrderTools, 'sumUpSales').expectJson({ orders: 0, total: 0 });
    await Promise.all([sam.close(), mia.close()]);
  });

  it('count the calls of each user', async () => {
    const sam = await orders.client(orders.bearer('sam', 'sales'), transport);
    const texts: string[] = [];
    for (let call = 1; call <= LIMIT + 1; call++)
      texts.push(await sam.callText('list_orders').catch((error: Error) => error.message));
    expect(texts.slice(0, LIMIT - 4)).toEqual(Array(LIMIT - 4).fill('[]'));
    expect(texts.at(-1)).toMatch(/Too Many Requests/);
    const mia = await orders.client(orders.bearer('mia', 'sales'), transport);
    await mia.callTool(OrderTools, 'listOrders').expectJson([]);
    await Promise.all([sam.close(), mia.close()]);
  });
});
