import { CLIENT_NOT_READING } from '../../messages/log.messages.js';
import { deadlines } from '../../runtime/deadlines.js';
import { McpLogger } from '../../runtime/mcp-logger.js';
import type { CountedOutput, OutputLedger } from './counted-output.interface.js';
import type { Destination } from './destination.interface.js';
import { UnreadOutput } from './unread-output.js';
import type { OutputTerms } from './output-terms.js';

const QUIET_MS = 60_000;

/** The bytes that wait for the clients of one owner. */
interface Account {
  bytes: number;
  readonly outputs: Set<CountedOutput>;
}

/**
 * Counts the bytes that wait for clients, for each owner and for the process. If a limit is exceeded, the
 * client that has read nothing for longest is disconnected, so that clients that do not read harm none that
 * do.
 */
export class OutputAccounts implements OutputLedger {
  private readonly accounts = new Map<string, Account>();
  private total = 0;
  private reportedAt: number | undefined;
  private unreported = 0;

  /** Bytes that wait in the whole process. */
  get bytes(): number {
    return this.total;
  }

  openOutput(destination: Destination, owner: string, terms: OutputTerms): UnreadOutput {
    return new UnreadOutput(destination, owner, terms, this);
  }

  enter(output: CountedOutput): void {
    const account = this.accounts.get(output.owner) ?? { bytes: 0, outputs: new Set() };
    account.outputs.add(output);
    this.accounts.set(output.owner, account);
  }

  leave(output: CountedOutput): void {
    const account = this.accounts.get(output.owner);
    account?.outputs.delete(output);
    if (account?.outputs.size === 0) this.accounts.delete(output.owner);
  }

  add({ owner }: CountedOutput, bytes: number): void {
    const account = this.accounts.get(owner);
    if (account === undefined) return;
    account.bytes += bytes;
    this.total += bytes;
  }

  hasCapacity({ owner, terms }: CountedOutput, bytes: number): boolean {
    const account = this.accounts.get(owner);
    if (account === undefined || account.bytes + bytes <= terms.ownerBytes) return true;
    look(account);
    let moving = 0;
    for (const output of account.outputs) if (!output.isStalled()) moving += output.counted;
    return moving + bytes <= terms.ownerBytes;
  }

  check({ owner, terms }: CountedOutput): void {
    const account = this.accounts.get(owner);
    if (account !== undefined && account.bytes > terms.ownerBytes) {
      look(account);
      while (account.bytes > terms.ownerBytes) this.cutSlowest(account);
    }
    if (this.total <= terms.processBytes) return;
    for (const each of this.accounts.values()) look(each);
    while (this.total > terms.processBytes) {
      const largest = [...this.accounts.values()].reduce((first, next) =>
        next.bytes > first.bytes ? next : first,
      );
      this.cutSlowest(largest);
    }
  }

  cut(output: CountedOutput, reason: 'bytes' | 'time'): void {
    const { counted } = output;
    output.cut();
    this.report(counted, reason);
  }

  private cutSlowest({ outputs }: Account): void {
    const slowest = [...outputs]
      .filter(({ counted }) => counted > 0)
      .reduce((first, next) => (next.movedAt < first.movedAt ? next : first));
    this.cut(slowest, 'bytes');
  }

  /** Logs at most once a minute, because an attacker can open many connections. */
  private report(bytes: number, reason: 'bytes' | 'time'): void {
    const now = deadlines.now();
    this.unreported++;
    if (this.reportedAt !== undefined && now - this.reportedAt < QUIET_MS) return;
    new McpLogger().warn(CLIENT_NOT_READING(this.unreported, bytes, reason));
    this.reportedAt = now;
    this.unreported = 0;
  }
}

function look({ outputs }: Account): void {
  for (const output of outputs) output.look();
}

/** The accounts of this process. */
export const outputAccounts = new OutputAccounts();
