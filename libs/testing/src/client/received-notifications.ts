import type { Client } from '@modelcontextprotocol/sdk/client/index.js';

/** A notification of the server. */
export interface TestNotification {
  readonly method: string;
  readonly params?: unknown;
}

interface Waiter {
  readonly method: string;
  readonly resolve: (notification: TestNotification) => void;
}

/** In milliseconds: long enough for a loaded machine, and shorter than the time limits of test runners. */
const PATIENCE = 4_000;

// The real timers, even if the clock is faked later.
const { setTimeout, clearTimeout } = globalThis;

/** The notifications of one client. It keeps all of them, and hands each one out once. */
export class ReceivedNotifications {
  /** All notifications so far, in the order in which they arrived. */
  readonly all: TestNotification[] = [];
  private readonly unread: TestNotification[] = [];
  private readonly waiters = new Set<Waiter>();

  constructor(sdk: Client) {
    sdk.fallbackNotificationHandler = async (notification) => this.take(notification);
  }

  /**
   * Returns the first notification of a method that was not returned before.
   * @throws Error when there is none after 4 s
   */
  next(method: string): Promise<TestNotification> {
    const index = this.unread.findIndex((one) => one.method === method);
    const [known] = index === -1 ? [] : this.unread.splice(index, 1);
    if (known) return Promise.resolve(known);
    const failure = new Error(`No ${method} came in ${PATIENCE / 1_000} s`);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        method,
        resolve(notification) {
          clearTimeout(timer);
          resolve(notification);
        },
      };
      const timer = setTimeout(() => {
        this.waiters.delete(waiter);
        reject(failure);
      }, PATIENCE);
      this.waiters.add(waiter);
    });
  }

  private take(notification: TestNotification): void {
    this.all.push(notification);
    const waiter = [...this.waiters].find(({ method }) => method === notification.method);
    if (waiter === undefined) {
      this.unread.push(notification);
      return;
    }
    this.waiters.delete(waiter);
    waiter.resolve(notification);
  }
}
