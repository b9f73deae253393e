import { randomUUID } from 'node:crypto';

/** Stands for a user on the wire. The user itself never leaves the process. */
export const TICKET_HEADER = 'x-nestmcp-test-user';

/**
 * Users by the ticket that stands for them. A ticket is random and known to this process alone: there is no
 * header by which anybody else could be a user, not even where a guard of this package was deployed.
 */
const users = new Map<string, object>();

export function ticketFor(user: object): string {
  const ticket = randomUUID();
  users.set(ticket, user);
  return ticket;
}

/** Takes a ticket back: who shows it from now on is nobody. */
export function withdraw(ticket: string): void {
  users.delete(ticket);
}

/** Undefined for whoever has no ticket that is good. */
export function userOf(ticket: unknown): object | undefined {
  return typeof ticket === 'string' ? users.get(ticket) : undefined;
}
