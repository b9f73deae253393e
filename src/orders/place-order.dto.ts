import { Description } from '@nestmcp/core';
import { Type } from 'class-transformer';
import * as rules from 'class-validator';

export enum Delivery {
  Standard = 'standard',
  Express = 'express',
}

export class OrderLine {
  @rules.IsIn(['tea', 'cup', 'pot'])
  article!: string;

  @rules.IsInt()
  @rules.Min(1)
  @rules.Max(99)
  quantity!: number;
}

export class Address {
  @Description('Street and number')
  @rules.MaxLength(80)
  street!: string;

  @Description('Two letters, such as CH')
  @rules.Matches(/^[A-Z]{2}$/)
  country!: string;
}

export class PlaceOrder {
  @Description('Number of the customer, such as C-1001')
  @rules.Matches(/^C-\d{4}$/)
  customer!: string;

  @Description('What to deliver: one to five articles')
  @rules.ValidateNested({ each: true })
  @rules.ArrayMinSize(1)
  @rules.ArrayMaxSize(5)
  @Type(() => OrderLine)
  lines!: OrderLine[];

  @rules.ValidateNested()
  @Type(() => Address)
  shipTo!: Address;

  @rules.IsOptional()
  @rules.IsEnum(Delivery)
  delivery?: Delivery;

  @Description('Not to be delivered before this time')
  @rules.IsOptional()
  @rules.IsDate()
  @Type(() => Date)
  notBefore?: Date;

  @Description('Wrap it as a gift')
  @rules.IsOptional()
  @rules.IsBoolean()
  gift?: boolean;
}
