import { ParseUUIDPipe } from '@nestjs/common';
import { McpTool, McpToolType, Param } from '@nestmcp/core';
import { CurrentUser, Roles } from '../auth/auth.decorators.js';
import type { User } from '../auth/user.interface.js';
import { CreateOrderDto, FindOrdersDto, SalesDto } from './order.dto.js';
import { Order } from './order.entity.js';
import { OrdersService } from './orders.service.js';

@McpToolType()
export class OrderTools {
  constructor(private readonly orders: OrdersService) {}

  @McpTool({ description: 'List orders', readOnly: true })
  listOrders(@Param() query: FindOrdersDto): Promise<Order[]> {
    return this.orders.find(query);
  }

  @McpTool({ description: 'Sum up the open orders', readOnly: true })
  @Roles('manager')
  sumUpSales(): Promise<SalesDto> {
    return this.orders.sales();
  }

  @McpTool({ description: 'Place an order for a customer', destructive: false })
  @Roles('sales')
  placeOrder(@Param() order: CreateOrderDto, @CurrentUser() user: User): Promise<Order> {
    return this.orders.place(order, user);
  }

  @McpTool({ description: 'Cancel an order', destructive: true })
  @Roles('manager')
  cancelOrder(@Param('id', ParseUUIDPipe) id: string): Promise<Order> {
    return this.orders.cancel(id);
  }
}
