import { Logger } from '@nestjs/common';
import type { Destination } from './destination.interface.js';
import type { UnreadOutput } from './unread-output.js';
import { OutputAccounts } from './output-accounts.js';

const TERMS = { streamBytes: 100, ownerBytes: 250, processBytes: 600, writeMs: 1_000 };

/** A client that reads as many bytes as the test sets. */
class Client implements Destination {
  waiting = 0;
  underWay: number | undefined;
  canMove = true;
  isCut = false;
  close: () => void = () => undefined;
  private readonly output: UnreadOutput;

  constructor(accounts: OutputAccounts, owner = 'me', terms = TERMS) {
    this.output = accounts.openOutput(this, owner, terms);
  }

  cut(): void {
    this.isCut = true;
    this.waiting = 0;
    this.close();
  }

  onClose(listener: () => void): void {
    this.close = listener;
  }

  send(bytes: number): this {
    this.waiting += bytes;
    this.output.wrote(bytes);
    return this;
  }

  take(bytes: number): this {
    this.waiting -= bytes;
    return this;
  }

  hold(bytes: number): this {
    this.output.hold(bytes);
    return this;
  }

  hasCapacity(bytes: number): boolean {
    return this.output.hasCapacity(bytes);
  }

  letGo(bytes: number): this {
    this.output.letGo(bytes);
    return this;
  }
}

const cut = (clients: readonly Client[]) => clients.map(({ isCut }) => isCut);

describe('the output that waits for clients', () => {
  let accounts: OutputAccounts;
  const warn = jest.fn();

  beforeEach(() => {
    accounts = new OutputAccounts();
    jest.useFakeTimers();
    warn.mockClear();
    Logger.overrideLogger({ log: jest.fn(), error: jest.fn(), warn });
  });

  afterEach(() => {
    jest.clearAllTimers();
    jest.useRealTimers();
  });

  it.each([
    ['of one stream', 100, (client: Client, bytes: number) => client.send(bytes)],
    ['that is held for it', 100, (client: Client, bytes: number) => client.hold(bytes)],
    ['of both kinds', 100, (client: Client, bytes: number) => client.hold(50).send(bytes - 50)],
  ])('may be as much as the limit, and not a byte more: %s', (_, bound, wait) => {
    const [full, over] = [new Client(accounts, 'a'), new Client(accounts, 'b')];
    wait(full, bound);
    wait(over, bound + 1);
    expect(cut([full, over])).toEqual([false, true]);
    expect(accounts.bytes).toBe(bound);
  });

  it('is limited for an owner: the client that has read nothing for longest is disconnected', () => {
    const [stuck, moving, fresh] = [1, 2, 3].map(() => new Client(accounts));
    stuck?.send(90);
    moving?.send(95);
    jest.advanceTimersByTime(100);
    moving?.take(5);
    fresh?.send(80);
    expect(cut([stuck, moving, fresh].filter((one) => one !== undefined))).toEqual([
      true,
      false,
      false,
    ]);
    expect(accounts.bytes).toBe(170);
  });

  it('of one owner does not affect other owners', () => {
    const others = ['a', 'b', 'c'].map((owner) => new Client(accounts, owner).send(90));
    const mine = Array.from({ length: 10 }, () => new Client(accounts).send(90));
    expect(cut(others)).toEqual([false, false, false]);
    expect(cut(mine).filter((isCut) => !isCut)).toHaveLength(2);
  });

  it('is limited for the process: the owner with the most loses', () => {
    const small = ['a', 'b', 'c', 'd'].map((owner) => new Client(accounts, owner).send(60));
    const large = ['e', 'f'].map((owner) => [
      new Client(accounts, owner).send(90),
      new Client(accounts, owner).send(90),
    ]);
    expect(accounts.bytes).toBe(600);
    small.push(new Client(accounts, 'g').send(1));
    expect(cut(small)).toEqual([false, false, false, false, false]);
    expect(cut(large.flat())).toEqual([true, false, false, false]);
  });

  it('counts again what clients have read before it disconnects one', () => {
    const first = [1, 2].map(() => new Client(accounts).send(100).take(100));
    const then = [1, 2].map(() => new Client(accounts).send(100));
    expect(cut([...first, ...then])).toEqual([false, false, false, false]);
    expect(accounts.bytes).toBe(200);
  });

  it('has capacity up to the limit of a stream, and beyond it only if the client is about to be disconnected', () => {
    const client = new Client(accounts).send(40);
    expect([60, 61].map((bytes) => client.hasCapacity(bytes))).toEqual([true, false]);
    jest.advanceTimersByTime(900);
    client.take(1);
    expect([61, 62].map((bytes) => client.hasCapacity(bytes))).toEqual([true, false]);
    jest.advanceTimersByTime(999);
    expect(client.hasCapacity(62)).toBe(false);
    client.close();
    expect(client.hasCapacity(1_000)).toBe(true);
  });

  it('has capacity up to the limit of an owner, not counting stalled clients', () => {
    const terms = { ...TERMS, writeMs: 60_000 };
    const [stuck, moving] = [1, 2].map(() => new Client(accounts, 'me', terms).send(95));
    const fresh = new Client(accounts, 'me', terms);
    expect([60, 61].map((bytes) => fresh.hasCapacity(bytes))).toEqual([true, false]);
    jest.advanceTimersByTime(1_000);
    moving?.take(5);
    expect(fresh.hasCapacity(100)).toBe(true);
    fresh.send(90);
    expect([stuck, moving, fresh].map((client) => client?.isCut)).toEqual([true, false, false]);
    expect(stuck?.hasCapacity(1_000)).toBe(true);
  });

  it('is dropped for a stalled client on the next write', () => {
    const client = new Client(accounts, 'me', { ...TERMS, writeMs: 60_000 }).send(95);
    jest.advanceTimersByTime(1_000);
    expect(client.hasCapacity(6)).toBe(true);
    expect(client.send(6).isCut).toBe(true);
  });

  it('is dropped when the client reads none of it within the write timeout', () => {
    const client = new Client(accounts).send(50);
    jest.advanceTimersByTime(999);
    expect(client.isCut).toBe(false);
    jest.advanceTimersByTime(1);
    expect(client.isCut).toBe(true);
    expect(accounts.bytes).toBe(0);
  });

  it.each([
    ['a byte at a time', (client: Client) => client.take(1)],
    [
      'part of one write at a time',
      (client: Client) => (client.underWay = (client.underWay ?? 0) - 1),
    ],
  ])('is kept for a client that reads it slowly: %s', (_, move) => {
    const client = new Client(accounts);
    client.underWay = 50;
    client.send(50);
    for (let moves = 0; moves < 40; moves++) {
      jest.advanceTimersByTime(900);
      move(client);
    }
    expect(client.isCut).toBe(false);
    jest.advanceTimersByTime(1_250);
    expect(client.isCut).toBe(true);
  });

  it('does not count as read because more was written', () => {
    const client = new Client(accounts).send(10);
    for (let writes = 0; writes < 3; writes++) {
      jest.advanceTimersByTime(300);
      client.send(10);
      // The framing that Node adds.
      client.waiting += 2;
    }
    jest.advanceTimersByTime(100);
    expect(client.isCut).toBe(true);
  });

  it.each([
    ['for its turn', (client: Client) => void (client.send(50).canMove = false)],
    ['for the event log', (client: Client) => void client.hold(50)],
  ])('does not count against a client while it waits %s', (_, wait) => {
    const client = new Client(accounts);
    wait(client);
    jest.advanceTimersByTime(60_000);
    expect(client.isCut).toBe(false);
    client.canMove = true;
    client.letGo(0).send(10);
    jest.advanceTimersByTime(1_250);
    expect(client.isCut).toBe(true);
  });

  it('waits without a deadline for a client that may pause', () => {
    const terms = { ...TERMS, writeMs: Number.POSITIVE_INFINITY };
    const client = new Client(accounts, 'stdio', terms).send(50);
    jest.advanceTimersByTime(3_600_000);
    expect(client.isCut).toBe(false);
    expect(client.send(51).isCut).toBe(true);
  });

  it('is not counted after the connection closes or the client has read it', () => {
    const closed = new Client(accounts).send(50);
    closed.waiting = 0;
    closed.close();
    expect(accounts.bytes).toBe(0);
    closed.send(60);
    expect(accounts.bytes).toBe(0);
    new Client(accounts).send(50).take(50);
    jest.advanceTimersByTime(250);
    expect(accounts.bytes).toBe(0);
  });

  it('is logged once a minute, no matter how many clients are disconnected', () => {
    for (let clients = 0; clients < 50; clients++) new Client(accounts).send(101);
    expect(warn).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(60_001);
    new Client(accounts).send(101);
    expect(warn).toHaveBeenCalledTimes(2);
    expect(String(warn.mock.calls[1]?.[0])).toMatch(/^MCP121 cut off 50 clients .* 101 bytes/);
  });
});
