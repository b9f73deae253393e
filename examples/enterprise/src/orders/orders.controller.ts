import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { CurrentUser, Roles } from '../auth/auth.decorators.js';
import type { User } from '../auth/user.interface.js';
import { CreateOrderDto, FindOrdersDto, SalesDto, UpdateOrderDto } from './order.dto.js';
import { Order } from './order.entity.js';
import { OrdersService } from './orders.service.js';

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get()
  find(@Query() query: FindOrdersDto): Promise<Order[]> {
    return this.orders.find(query);
  }

  @Get('sales')
  @Roles('manager')
  sales(): Promise<SalesDto> {
    return this.orders.sales();
  }

  @Post()
  @Roles('sales')
  place(@Body() order: CreateOrderDto, @CurrentUser() user: User): Promise<Order> {
    return this.orders.place(order, user);
  }

  @Patch(':id')
  @Roles('sales')
  update(@Param('id', ParseUUIDPipe) id: string, @Body() order: UpdateOrderDto): Promise<Order> {
    return this.orders.update(id, order);
  }

  @Delete(':id')
  @Roles('manager')
  cancel(@Param('id', ParseUUIDPipe) id: string): Promise<Order> {
    return this.orders.cancel(id);
  }
}
