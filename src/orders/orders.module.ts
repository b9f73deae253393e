import { Module } from '@nestjs/common';
import { OrderService } from './order.service.js';
import { OrderTools } from './order.tools.js';

@Module({ providers: [OrderService, OrderTools] })
export class OrdersModule {}
