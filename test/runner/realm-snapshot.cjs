// oxlint-disable no-underscore-dangle -- Node names it so
const { Server, Socket } = require('node:net');

/**
 * What test files can change in the realm that they share: globals, `process`, its listeners and its environment,
 * the classes that the given modules export, and open connections.
 */
function realmSnapshot(modules) {
  return {
    objects: new Map([globalThis, process, ...modules.flatMap(classesOf)].map(withProperties)),
    env: { ...process.env },
    listeners: new Map(process.eventNames().map((name) => [name, process.rawListeners(name)])),
    connections: new Set(connections()),
  };
}

/** Restores what a snapshot holds, and removes what was added since. */
function restoreRealm({ objects, env, listeners, connections: kept }) {
  for (const [object, before] of objects) restoreProperties(object, before);
  restoreEnvironment(env);
  restoreListeners(listeners);
  for (const connection of connections()) if (!kept.has(connection)) closed(connection);
}

function classesOf(module) {
  return Object.values(module)
    .filter((exported) => typeof exported === 'function')
    .flatMap((exported) => (exported.prototype ? [exported, exported.prototype] : [exported]));
}

/** Node counts the listeners of an emitter itself. A restored count could make it drop all of them later. */
const KEPT_BY_EVENTS = new Set(['_events', '_eventsCount', '_maxListeners']);

function withProperties(object) {
  return [object, descriptorsOf(object)];
}

function descriptorsOf(object) {
  return new Map(
    Reflect.ownKeys(object)
      .filter((key) => !KEPT_BY_EVENTS.has(key))
      .map((key) => [key, Object.getOwnPropertyDescriptor(object, key)]),
  );
}

function restoreProperties(object, before) {
  for (const key of Reflect.ownKeys(object).filter((name) => !KEPT_BY_EVENTS.has(name))) {
    const now = Object.getOwnPropertyDescriptor(object, key);
    const then = before.get(key);
    if ((then && isSame(now, then)) || !canRestore(now, then)) continue;
    if (then) Object.defineProperty(object, key, then);
    else delete object[key];
  }
  for (const [key, then] of before)
    if (!Object.hasOwn(object, key)) Object.defineProperty(object, key, then);
}

function canRestore(now, then) {
  return now.configurable || (then !== undefined && now.writable === true);
}

function isSame(one, other) {
  return one.value === other.value && one.get === other.get && one.set === other.set;
}

function restoreEnvironment(before) {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  for (const [name, value] of Object.entries(before))
    if (process.env[name] !== value) process.env[name] = value;
}

function restoreListeners(before) {
  for (const name of process.eventNames()) {
    const kept = before.get(name) ?? [];
    for (const listener of process.rawListeners(name))
      if (!kept.includes(listener)) process.removeListener(name, listener);
  }
}

/** An open connection would set its timers on the fake clock of the next file, which counts them. */
function connections() {
  return process
    ._getActiveHandles()
    .filter((handle) => handle instanceof Socket || handle instanceof Server);
}

function closed(connection) {
  if (connection instanceof Server) connection.close();
  else connection.destroy();
}

module.exports = { realmSnapshot, restoreRealm };
