import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Header methods of Express, Fastify and Node whose first argument is a name, or all headers at once. */
const NAMING: ReadonlySet<string> = new Set([
  'setHeader',
  'setHeaders',
  'appendHeader',
  'header',
  'headers',
  'set',
  'append',
  'addTrailers',
]);

/**
 * Checks the arguments of a header method when it is called. On Fastify, Node checks them only when the response is
 * sent, too late for the caller, and never if the headers are dropped.
 * @throws TypeError when a name or a value is invalid in HTTP, the same as Node's
 */
export function checkHeaders(method: string, args: readonly unknown[]): void {
  const [first, value] = args;
  if (method === 'type') checkValue(method, first);
  else if (method === 'writeHead') checkAll(args.at(-1));
  else if (method === 'writeEarlyHints') checkAll(first);
  else if (!NAMING.has(method)) return;
  else if (typeof first === 'string') checkOne(first, value);
  else checkAll(first);
}

/** Accepts an object, a `Headers`, a `Map`, or Node's list of names and values, flat or in pairs. */
function checkAll(headers: unknown): void {
  if (typeof headers !== 'object' || headers === null) return;
  if (Array.isArray(headers)) checkList(headers);
  else for (const [name, value] of entriesOf(headers)) checkOne(String(name), value);
}

function checkList(list: readonly unknown[]): void {
  for (let at = 0; at < list.length; at++) {
    const pair: unknown = list[at];
    if (Array.isArray(pair)) checkOne(String(pair[0]), pair[1]);
    else checkOne(String(pair), list[++at]);
  }
}

function entriesOf(headers: object): Iterable<readonly [unknown, unknown]> {
  return headers instanceof Map || headers instanceof Headers
    ? headers.entries()
    : Object.entries(headers);
}

function checkOne(name: string, value: unknown): void {
  validateHeaderName(name);
  for (const one of [value].flat()) checkValue(name, one);
}

function checkValue(name: string, value: unknown): void {
  if (typeof value === 'string') validateHeaderValue(name, value);
}
