import type { INestApplication } from '@nestjs/common';
import { SessionRegistry } from '../../../libs/core/src/session/session.registry.js';

/** The sessions of an application, read from inside. */
export function sessionsOf(app: INestApplication) {
  const registry = app.get(SessionRegistry, { strict: false });
  const until = async (reached: (size: number) => boolean): Promise<void> => {
    while (!reached(registry.size)) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    get size() {
      return registry.size;
    },
    until,
    untilEmpty: () => until((size) => size === 0),
  };
}
