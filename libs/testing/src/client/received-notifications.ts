import type { Client } from '@modelcontextprotocol/sdk/client/index.js';

/** What the server told without being asked. */
export interface TestNotification {
  readonly method: string;
  readonly params?: unknown;
}

interface Waiter {
  readonly method: string;
  readonly resolve: (notification: TestNotification) => void;
}

/** Milliseconds; long enough for a loaded machine, and shorter than the patience of test runners. */
const PATIENCE = 4_000;

// The real one, whatever clock is faked later.
const { setTimeout, clearTimeout } = globalThis;

/** Notifications of one client: all of them, and each once to whoever waits for it. */
export class ReceivedNotifications {
  /** Every one so far, in the order of their coming. */
  readonly all: TestNotification[] = [];
  private readonly unread: TestNotification[] = [];
  private readonly waiters = new Set<Waiter>();

  constructor(sdk: Client) {
    sdk.fallbackNotificationHandler = async (notification) => this.take(notification);
  }

  /**
   * The first one of a method that nobody was given yet.
   * @throws Error when there is none after 4 s.
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
