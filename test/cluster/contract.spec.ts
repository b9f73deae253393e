import { InMemoryBackplane, InMemoryBackplaneHub } from '@nestmcp/core';
import { type BackplaneCluster, describeBackplane } from '@nestmcp/testing';

const EVENTS = 50;
const KEEP_MS = 5_000;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describeBackplane('InMemoryBackplane', async (nodes): Promise<BackplaneCluster> => {
  const hub = new InMemoryBackplaneHub({ log: { eventsPerStream: EVENTS, keepMs: KEEP_MS } });
  return {
    backplanes: Array.from({ length: nodes }, () => new InMemoryBackplane(hub)),
    log: { dropsAfter: EVENTS, keepMs: KEEP_MS },
    advance: async (milliseconds) => {
      await jest.advanceTimersByTimeAsync(milliseconds);
    },
    lose: async ({ nodeId }) => hub.leave(nodeId),
    dispose: async () => {
      if (jest.getTimerCount() > 0) throw new Error('A timer is left when all nodes have stopped');
    },
  };
});
