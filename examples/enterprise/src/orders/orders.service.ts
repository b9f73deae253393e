import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Cache } from 'cache-manager';
import { Repository } from 'typeorm';
import type { User } from '../auth/user.interface.js';
import { DomainError } from '../common/domain-error.js';
import { CustomersService } from '../customers/customers.service.js';
import type { CreateOrderDto, FindOrdersDto, SalesDto, UpdateOrderDto } from './order.dto.js';
import { Order, OrderStatus } from './order.entity.js';

/** The price of a piece, in cents. */
const PRICE = 1_000;
const SALES = 'sales';
const SALES_TTL_MS = 60_000;

@Injectable()
export class OrdersService {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    private readonly customers: CustomersService,
    @Inject(CACHE_MANAGER) private readonly cache: Cache,
  ) {}

  find({ customerId, status, limit }: FindOrdersDto): Promise<Order[]> {
    const customer = customerId === undefined ? undefined : { id: customerId };
    const where = { ...(customer && { customer }), ...(status && { status }) };
    return this.orders.find({ where, take: limit, order: { placedAt: 'ASC' } });
  }

  async findOne(id: string): Promise<Order> {
    const order = await this.orders.findOneBy({ id });
    if (order === null) throw new NotFoundException(`There is no order ${id}`);
    return order;
  }

  async place({ customerId, article, quantity }: CreateOrderDto, { id }: User): Promise<Order> {
    const customer = await this.customers.findOne(customerId);
    const total = quantity * PRICE;
    if (total > customer.creditLimit)
      throw new DomainError('CREDIT_EXCEEDED', `${customer.name} has not enough credit`);
    const status = OrderStatus.Open;
    return this.save({ customer, article, quantity, total, status, placedBy: id });
  }

  async update(id: string, { quantity }: UpdateOrderDto): Promise<Order> {
    const order = await this.findOne(id);
    const changed = quantity === undefined ? {} : { quantity, total: quantity * PRICE };
    return this.save(Object.assign(order, changed));
  }

  async cancel(id: string): Promise<Order> {
    const order = await this.findOne(id);
    if (order.status === OrderStatus.Cancelled)
      throw new DomainError('ALREADY_CANCELLED', `The order ${id} is cancelled already`);
    order.status = OrderStatus.Cancelled;
    return this.save(order);
  }

  /** The sum of the open orders, which is remembered for a minute or until an order changes. */
  sales(): Promise<SalesDto> {
    return this.cache.wrap(
      SALES,
      async () => {
        const open = { status: OrderStatus.Open };
        const total = (await this.orders.sum('total', open)) ?? 0;
        return { orders: await this.orders.countBy(open), total };
      },
      SALES_TTL_MS,
    );
  }

  private async save(order: Partial<Order>): Promise<Order> {
    const saved = await this.orders.save(this.orders.create(order));
    await this.cache.del(SALES);
    return saved;
  }
}
