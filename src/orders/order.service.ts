import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Delivery, type PlaceOrder } from './place-order.dto.js';
import type { PlacedOrder } from './placed-order.dto.js';

const PRICES: Readonly<Record<string, number>> = { tea: 6.5, cup: 12, pot: 49 };
const EXPRESS = 15;
const ROW_MS = 250;

/** Keeps nothing: the demo is open to every client, and has no database. */
@Injectable()
export class OrderService {
  private lastNumber = 2_041;

  place({ lines, delivery }: PlaceOrder): PlacedOrder {
    const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const goods = lines.reduce(
      (sum, { article, quantity }) => sum + (PRICES[article] ?? 0) * quantity,
      0,
    );
    const total = goods + (delivery === Delivery.Express ? EXPRESS : 0);
    return { orderId: `O-${++this.lastNumber}`, pieces, total };
  }

  /** One row at a time, as from a slow database. Ends with an `AbortError` when the signal fires. */
  async *export(count: number, signal: AbortSignal): AsyncIterable<string> {
    for (let row = 0; row < count; row++) {
      await pause(ROW_MS, undefined, { signal });
      yield `O-${2_000 + row},C-${1_001 + (row % 7)},${((row + 1) * 17.5).toFixed(2)}`;
    }
  }
}
