/** A binary heap of numbers. The smallest is available at once. */
export class NumberHeap {
  /** @param numbers numbers in ascending order, which is a valid heap */
  constructor(private readonly numbers: number[] = []) {}

  get first(): number | undefined {
    return this.numbers[0];
  }

  push(number: number): void {
    let at = this.numbers.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.at(above);
      if (other <= number) break;
      this.numbers[at] = other;
      at = above;
    }
    this.numbers[at] = number;
  }

  /** Removes the smallest number. */
  pop(): void {
    const last = this.numbers.pop();
    if (last !== undefined && this.numbers.length > 0) this.sink(last);
  }

  private sink(number: number): void {
    const { length } = this.numbers;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below + 1 < length && this.at(below + 1) < this.at(below)) below++;
      if (below >= length || this.at(below) >= number) break;
      this.numbers[at] = this.at(below);
      at = below;
    }
    this.numbers[at] = number;
  }

  private at(index: number): number {
    return this.numbers[index] ?? Number.POSITIVE_INFINITY;
  }
}
