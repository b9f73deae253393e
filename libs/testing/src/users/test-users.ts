import { randomUUID } from 'node:crypto';

/** The header with the ticket of a user. The user object itself never leaves the process. */
export const TICKET_HEADER = 'x-nestmcp-test-user';

/**
 * The users by their tickets. A ticket is random and only this process knows it, so no one else can impersonate a user
 * with the header, even if a guard of this package was deployed by mistake.
 */
const users = new Map<string, object>();

export function ticketFor(user: object): string {
  const ticket = randomUUID();
  users.set(ticket, user);
  return ticket;
}

/** Makes a ticket invalid. */
export function withdraw(ticket: string): void {
  users.delete(ticket);
}

/** The user of a ticket; undefined if the ticket is invalid or missing. */
export function userOf(ticket: unknown): object | undefined {
  return typeof ticket === 'string' ? users.get(ticket) : undefined;
}
