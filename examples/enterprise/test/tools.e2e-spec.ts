import type { McpTestClient, TestTransport } from '@nestmcp/testing';
import type { Customer } from '../src/customers/customer.entity.js';
import { CustomerTools } from '../src/customers/customer.tools.js';
import type { Order } from '../src/orders/order.entity.js';
import { OrderTools } from '../src/orders/order.tools.js';
import { OrdersApp } from './support/orders-app.js';

const TRANSPORTS: readonly TestTransport[] = ['2026-07-28', 'streamable-http', 'sse'];

type Tools = Awaited<ReturnType<McpTestClient['listTools']>>;

/** The schemas of the arguments, by the name of the tool. */
const schemasOf = (tools: Tools) =>
  Object.fromEntries(tools.map(({ name, inputSchema }) => [name, inputSchema]));

describe('the tools', () => {
  let orders: OrdersApp;
  let client: McpTestClient;
  let bikes: Customer;
  let tea: Customer;

  beforeAll(async () => {
    orders = await OrdersApp.create();
    client = await orders.client(orders.bearer('mia', 'sales', 'manager'));
    [tea, bikes] = JSON.parse(await client.callText('list_customers')) as [Customer, Customer];
  });

  afterAll(async () => {
    await client.close();
    await orders.app.close();
  });

  it.each(TRANSPORTS)('are listed over %s, with the schemas of the DTOs', async (transport) => {
    const other = await orders.client(orders.bearer('mia', 'manager'), transport);
    const tools = await other.listTools();
    await other.close();
    expect(tools.map(({ name }) => name)).toEqual([
      'list_customers',
      'customer_credit',
      'list_orders',
      'sum_up_sales',
      'place_order',
      'cancel_order',
    ]);
    expect(schemasOf(tools)).toMatchObject({
      list_orders: { properties: { limit: { type: 'integer', default: 20 } } },
      place_order: {
        properties: {
          customerId: { type: 'string', format: 'uuid' },
          article: { type: 'string', pattern: '^[A-Z]{3}-\\d+$' },
          quantity: { type: 'integer', minimum: 1, maximum: 99 },
        },
        required: ['customerId', 'article', 'quantity'],
        additionalProperties: false,
      },
    });
  });

  it('are described by the comments of the DTOs, which the plugin of Swagger reads', async () => {
    const tools = await client.listTools();
    expect(schemasOf(tools)).toMatchObject({
      list_orders: {
        properties: {
          customerId: { description: 'Only orders of this customer' },
          status: { description: 'Only orders with this status' },
          limit: { description: 'The largest number of orders in the list' },
        },
      },
      place_order: {
        properties: {
          customerId: { description: 'The id of the customer who orders' },
          article: { description: 'The article number, for example `TEA-1`' },
          quantity: { description: 'The number of pieces' },
        },
      },
    });
  });

  it('publish what the pipe of an id accepts', async () => {
    const schema = {
      type: 'object',
      properties: { id: { type: 'string', format: 'uuid' } },
      required: ['id'],
      additionalProperties: false,
    };
    const schemas = schemasOf(await client.listTools());
    expect(schemas).toMatchObject({ customer_credit: schema, cancel_order: schema });
  });

  it.each(TRANSPORTS)('place an order over %s that the REST API returns', async (transport) => {
    const authorization = orders.bearer('sam', 'sales');
    const sam = await orders.client(authorization, transport);
    const args = { customerId: tea.id, article: 'TEA-1', quantity: 2 };
    const { content } = await sam.callTool(OrderTools, 'placeOrder', args);
    await sam.close();
    const [block] = content;
    const order = JSON.parse(block?.type === 'text' ? block.text : '') as Order;
    expect(order).toMatchObject({ total: 2_000, placedBy: 'sam', customer: { id: tea.id } });
    const url = `/api/v1/orders?customerId=${tea.id}`;
    const { body } = await orders.rest.get(url).set('authorization', authorization).expect(200);
    expect(body).toContainEqual(order);
  });

  it('return entities by the rules of the serializer, with the groups of the tool', async () => {
    await client.callTool(CustomerTools, 'listCustomers').expectJson([
      { id: tea.id, name: 'Arctic Tea' },
      { id: bikes.id, name: 'Blue Bikes' },
    ]);
    await client
      .callTool(CustomerTools, 'customerCredit', [bikes.id])
      .expectJson({ id: bikes.id, name: 'Blue Bikes', creditLimit: 5_000 });
  });

  it('refuse what the DTO does not allow, with a line for each argument', async () => {
    const args = { customerId: tea.id, article: 'tea', quantity: 100, colour: 'red' };
    const call = client.callTool('place_order', args);
    await call.expectError(/^- article: .*\(matches\)$/m);
    await call.expectError(/^- quantity: must not be greater than 99 \(max\)$/m);
    await call.expectError(/^- colour: is not an argument/m);
  });

  it('refuse an id that the pipe does not accept', async () => {
    await client.callTool('customer_credit', { id: 'blue' }).expectError(/id.*uuid/i);
  });

  it('return the message of exceptions, and what the filter makes of an error', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    await client
      .callTool(CustomerTools, 'customerCredit', [unknown])
      .expectError(`There is no customer ${unknown}`);
    await client
      .callTool('place_order', { customerId: bikes.id, article: 'BIK-1', quantity: 6 })
      .expectError(/Blue Bikes has not enough credit/);
  });

  it('share the cache of the service', async () => {
    const { body } = await orders.rest
      .get('/api/v1/orders/sales')
      .set('authorization', orders.bearer('mia', 'manager'));
    await client.callTool(OrderTools, 'sumUpSales').expectJson(body);
  });
});
