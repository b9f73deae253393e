import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Logger } from '@nestjs/common';
import { ContextIdFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { disableStorages } from './async-storages.cjs';
import { forgetClasses } from './forget-classes.cjs';
import { realmSnapshot, restoreRealm } from './realm-snapshot.cjs';

/** What a file could leave behind for the next file in its worker, and how to detect it. */
const LEAKS: readonly (readonly [string, () => void, () => unknown])[] = [
  [
    'a new global',
    () => Object.assign(globalThis, { leaked: 1 }),
    () => Object.hasOwn(globalThis, 'leaked'),
  ],
  [
    'a global that was replaced',
    () => Object.assign(globalThis, { fetch: () => undefined }),
    () => globalThis.fetch,
  ],
  [
    'a global that was deleted',
    () => Reflect.deleteProperty(globalThis, 'atob'),
    () => globalThis.atob,
  ],
  ['a new variable', () => Object.assign(process.env, { LEAKED: '1' }), () => process.env.LEAKED],
  [
    'a variable that was changed',
    () => Object.assign(process.env, { PATH: '/' }),
    () => process.env.PATH,
  ],
  [
    'a variable that was deleted',
    () => Reflect.deleteProperty(process.env, 'PATH'),
    () => process.env.PATH,
  ],
  [
    'a listener of the process',
    () => process.on('SIGUSR2', () => undefined),
    () => process.listenerCount('SIGUSR2'),
  ],
  [
    'a function of the process',
    () => Object.assign(process, { exit: () => undefined }),
    () => Reflect.get(process, 'exit'),
  ],
  [
    "Nest's strategy for context ids",
    () => ContextIdFactory.apply({ attach: (id) => () => id }),
    () => Reflect.get(ContextIdFactory, 'strategy'),
  ],
  ["Nest's logger", () => Logger.overrideLogger(['fatal']), () => Reflect.get(Logger, 'logLevels')],
  [
    'a method of a class of Nest',
    () => Object.assign(Logger.prototype, { warn: () => undefined }),
    () => Reflect.get(Logger.prototype, 'warn'),
  ],
];

/** What Nest's test module stores about the methods of classes. */
function scanned(): ReadonlyMap<object, unknown> {
  const scanner = Reflect.get(Test, 'metadataScanner') as object;
  return Reflect.get(scanner, 'cachedScannedPrototypes') as ReadonlyMap<object, unknown>;
}

describe('the realm that test files share', () => {
  it.each(LEAKS)('is restored after a file: %s', async (_, leak, look) => {
    const modules = [await import('@nestjs/common'), await import('@nestjs/core')];
    const before = look();
    const snapshot = realmSnapshot(modules);
    leak();
    const within = look();
    restoreRealm(snapshot);
    expect(within).not.toBe(before);
    expect(look()).toBe(before);
  });

  it.each([
    [process, 'nextTick'],
    [globalThis, 'queueMicrotask'],
    [globalThis, 'setImmediate'],
  ])('keeps the ticks that Node itself depends on, also under fake timers (%#)', (of, name) => {
    const before: unknown = Reflect.get(of, name);
    jest.useFakeTimers();
    const within: unknown = Reflect.get(of, name);
    jest.useRealTimers();
    expect(within).toBe(before);
  });

  it('keeps its other listeners when several files add theirs', async () => {
    const listener = jest.fn();
    const exits = process.listenerCount('beforeExit');
    process.on('SIGUSR2', listener);
    for (let file = 0; file < 50; file++) {
      const snapshot = realmSnapshot([]);
      process.on('beforeExit', () => undefined).on('exit', () => undefined);
      restoreRealm(snapshot);
    }
    const left = process.listenerCount('SIGUSR2');
    process.off('SIGUSR2', listener);
    expect(left).toBeGreaterThan(0);
    expect(process.listenerCount('beforeExit')).toBe(exits);
  });

  it('holds no connection of a file that has ended', async () => {
    const snapshot = realmSnapshot([]);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await Promise.all([once(client, 'connect'), once(server, 'connection')]);
    restoreRealm(snapshot);
    await once(client, 'close');
    expect([client.destroyed, server.listening]).toEqual([true, false]);
  });

  it('holds no class of a file that has ended', async () => {
    class Item {}
    class List {
      @Type(() => Item)
      items!: Item[];
    }
    await Test.createTestingModule({ providers: [List] }).compile();
    const within = [
      scanned().has(List.prototype),
      defaultMetadataStorage.findTypeMetadata(List, 'items') !== undefined,
    ];
    forgetClasses();
    expect(within).toEqual([true, true]);
    expect(scanned().size).toBe(0);
    expect(defaultMetadataStorage.findTypeMetadata(List, 'items')).toBeUndefined();
  });
});

it('a file leaves no storage that promises of the next file would copy', () => {
  const storage = new AsyncLocalStorage<number>();
  storage.run(1, () => undefined);
  disableStorages();
  expect(Reflect.get(storage, 'enabled')).not.toBe(true);
  expect(storage.run(2, () => storage.getStore())).toBe(2);
});
