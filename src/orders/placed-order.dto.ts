import { Description } from '@nestmcp/core';
import * as rules from 'class-validator';

export class PlacedOrder {
  @rules.IsString()
  orderId!: string;

  @Description('Number of pieces')
  @rules.IsInt()
  pieces!: number;

  @Description('In euros')
  @rules.IsNumber()
  total!: number;
}
