import type { Backplane, BusEvent, Envelope, GapReason, NodeId } from '@nestmcp/core';

/** A bus event that a node received, and its origin. */
export interface RecordedBusEvent {
  readonly event: BusEvent;
  readonly origin: NodeId;
}

/**
 * A node that records each envelope and each bus event once. Adapters may deliver copies, which the contract does not
 * count.
 */
export class RecordedNode {
  readonly envelopes: Envelope[] = [];
  readonly bus: RecordedBusEvent[] = [];
  readonly gaps: GapReason[] = [];
  /** Called with each envelope and event before it is recorded. The handler throws its errors. */
  onArrival: (arrived: Envelope | BusEvent) => void = () => undefined;
  private readonly copies = new Set<string>();
  private waiting: { isDone: () => boolean; resolve: () => void }[] = [];

  constructor(readonly backplane: Backplane) {}

  get id(): NodeId {
    return this.backplane.nodeId;
  }

  async start(): Promise<void> {
    await this.backplane.start({
      onEnvelope: (envelope) => {
        this.onArrival(envelope);
        this.keep(this.envelopes, envelope, envelope.id);
      },
      onBus: (event, origin) => {
        this.onArrival(event);
        this.keep(this.bus, { event, origin }, JSON.stringify([event, origin]));
      },
      onGap: (reason) => {
        this.gaps.push(reason);
      },
    });
  }

  /** Waits for a number of envelopes, and returns them. */
  async envelopesUpTo(count: number): Promise<Envelope[]> {
    await this.until(() => this.envelopes.length >= count);
    return this.envelopes;
  }

  /** Waits for a number of bus events, and returns them without their origin. */
  async eventsUpTo(count: number): Promise<BusEvent[]> {
    await this.until(() => this.bus.length >= count);
    return this.bus.map(({ event }) => event);
  }

  private async until(isDone: () => boolean): Promise<void> {
    if (isDone()) return;
    await new Promise<void>((resolve) => {
      this.waiting.push({ isDone, resolve });
    });
  }

  private keep<T>(kept: T[], arrived: T, copy: string): void {
    if (this.copies.has(copy)) return;
    this.copies.add(copy);
    kept.push(arrived);
    const done = this.waiting.filter(({ isDone }) => isDone());
    this.waiting = this.waiting.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  }
}
