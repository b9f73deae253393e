import { PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsEnum, IsInt, IsOptional, IsUUID, Matches, Max, Min } from 'class-validator';
import { OrderStatus } from './order.entity.js';

export class CreateOrderDto {
  /** The id of the customer who orders */
  @IsUUID()
  customerId: string;

  /** The article number, for example `TEA-1` */
  @Matches(/^[A-Z]{3}-\d+$/)
  article: string;

  /** The number of pieces */
  @IsInt()
  @Min(1)
  @Max(99)
  quantity: number;
}

export class UpdateOrderDto extends PartialType(PickType(CreateOrderDto, ['quantity'] as const)) {}

export class FindOrdersDto {
  /** Only orders of this customer */
  @IsOptional()
  @IsUUID()
  customerId?: string;

  /** Only orders with this status */
  @IsOptional()
  @IsEnum(OrderStatus)
  status?: OrderStatus;

  /** The largest number of orders in the list */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number = 20;
}

export class SalesDto {
  /** The number of open orders */
  orders: number;

  /** The total of open orders, in cents */
  total: number;
}
