/** Counts what is open per remote address, up to a limit. */
export class AddressCounter {
  private readonly open = new Map<string, number>();

  constructor(private readonly limit: number) {}

  isFull(address: string | undefined): boolean {
    return isCounted(address) && (this.open.get(address) ?? 0) >= this.limit;
  }

  /** Counts one more; the function given back counts it off. */
  enter(address: string | undefined): () => void {
    if (!isCounted(address)) return () => undefined;
    this.open.set(address, (this.open.get(address) ?? 0) + 1);
    return () => this.leave(address);
  }

  private leave(address: string): void {
    const left = (this.open.get(address) ?? 1) - 1;
    if (left === 0) this.open.delete(address);
    else this.open.set(address, left);
  }
}

/** Behind a proxy on this host, loopback is everybody's address. */
function isCounted(address: string | undefined): address is string {
  return address !== undefined && !/^(?:::ffff:)?127\.|^::1$/.test(address);
}
