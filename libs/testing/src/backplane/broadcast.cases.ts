import type { BusEvent } from '@nestmcp/core';
import type { ContractCase } from './contract-case.js';
import { numbered, ODD_TEXT } from './samples.js';
import { expect } from './test-globals.js';

const EVENTS: readonly BusEvent[] = [
  { kind: 'cancel', sid: 's', ph: 'p', requestId: 7, reason: ODD_TEXT },
  { kind: 'cancel', sid: 's', ph: 'p', requestId: '7' },
  { kind: 'close', sid: ODD_TEXT },
  { kind: 'list_changed', server: 'orders', feature: 'tools' },
  { kind: 'list_changed', server: 'orders', feature: 'prompts' },
  { kind: 'list_changed', server: 'orders', feature: 'resources' },
];

export const BROADCAST: readonly ContractCase[] = [
  {
    title: 'sends every kind of event unchanged to all other nodes, with its sender',
    async run({ a, b, c }) {
      for (const event of EVENTS) await a.backplane.broadcast(event);
      for (const node of [b, c]) {
        expect(await node.eventsUpTo(EVENTS.length)).toEqual(EVENTS);
        expect(new Set(node.bus.map(({ origin }) => origin))).toEqual(new Set([a.id]));
      }
    },
  },
  {
    title: 'does not send an event to its sender',
    async run({ a, b, c }) {
      await a.backplane.broadcast(closing('of a'));
      await b.eventsUpTo(1);
      await b.backplane.broadcast(closing('of b'));
      expect(await a.eventsUpTo(1)).toEqual([closing('of b')]);
      expect(new Set(await c.eventsUpTo(2))).toEqual(new Set([closing('of a'), closing('of b')]));
      expect(b.bus.map(({ event }) => event)).toEqual([closing('of a')]);
    },
  },
  {
    title: 'keeps the order of one node, also when it does not wait',
    async run({ a, b }) {
      const events = numbered(200).map(closing);
      await Promise.all(events.map((event) => a.backplane.broadcast(event)));
      expect(await b.eventsUpTo(events.length)).toEqual(events);
    },
  },
  {
    title: 'notifies the others when one has stopped and one is lost',
    async run({ a, b, c, cluster }) {
      await cluster.lose(c.backplane);
      await a.backplane.broadcast(closing('x'));
      expect(await b.eventsUpTo(1)).toEqual([closing('x')]);
      await b.backplane.stop();
      await a.backplane.broadcast(closing('y'));
      expect(b.bus.length).toBe(1);
    },
  },
];

function closing(sid: string): BusEvent {
  return { kind: 'close', sid };
}
