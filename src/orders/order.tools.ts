import { McpContext, McpException, McpTool, McpToolType, Param } from '@nestmcp/core';
import { IsInt, Max, Min } from 'class-validator';
import { OrderService } from './order.service.js';
import { PlaceOrder } from './place-order.dto.js';
import { PlacedOrder } from './placed-order.dto.js';

@McpToolType()
export class OrderTools {
  constructor(private readonly orders: OrderService) {}

  @McpTool({ description: 'Place an order', output: PlacedOrder, destructive: false })
  placeOrder(@Param() order: PlaceOrder): PlacedOrder {
    return this.orders.place(order);
  }

  @McpTool({ description: 'Export orders as CSV, slowly', readOnly: true })
  async exportOrders(
    @Param('count', IsInt(), Min(1), Max(50)) count: number,
    ctx: McpContext,
  ): Promise<string> {
    const rows = ['order,customer,total'];
    for await (const row of this.orders.export(count, ctx.signal)) {
      rows.push(row);
      await ctx.progress(rows.length - 1, count, `order ${rows.length - 1} of ${count}`);
    }
    return rows.join('\n');
  }

  @McpTool({ description: 'Refund an order. In this demo, all orders are too old' })
  refundOrder(@Param('orderId', 'Such as O-2041') orderId: string): string {
    throw new McpException(`Order ${orderId} is older than 30 days and cannot be refunded.`);
  }
}
