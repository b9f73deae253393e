import type { IncomingMessage } from 'node:http';
import { domainToASCII } from 'node:url';
import { Logger } from '@nestjs/common';
import {
  type Arbitrary,
  assert,
  constant,
  constantFrom,
  domain,
  ipV4,
  ipV6,
  nat,
  oneof,
  option,
  property,
  string,
  tuple,
  uuid,
} from 'fast-check';
import { readModuleOptions } from '../../libs/core/src/options/module-settings.js';
import { HostAndOriginCheck } from '../../libs/core/src/transports/http/gates/host-and-origin-check.js';
import { Refusal } from '../../libs/core/src/transports/shared/refusal.js';

interface Allowed {
  readonly allowedHosts?: readonly string[];
  readonly allowedOrigins?: readonly string[];
}

const nothing = (): void => undefined;
const RUNS = { numRuns: 400 };

/** A name that is often valid, often nearly valid, and sometimes arbitrary. */
const odd = string({
  unit: constantFrom('a', 'B', '.', '-', '_', '*', ':', '/', '[', ']', '1', '@', "'", ' ', 'é'),
});
const names = oneof(
  domain(),
  domain().map((name) => `${name}.`),
  domain().map((name) => name.toUpperCase()),
  domain().map((name) => `*.${name}`),
  ipV4(),
  ipV6().map((address) => `[${address}]`),
  constant('bücher.example'),
  string({ minLength: 90, maxLength: 300, unit: constantFrom('a', 'b', '.') }),
  odd,
);
const hosts = tuple(names, option(nat(70_000))).map(([name, port]) =>
  port === null ? name : `${name}:${port}`,
);
const schemes = constantFrom(
  'https',
  'http',
  'chrome-extension',
  'vscode-webview',
  'tauri',
  'app',
  'file',
  'x',
);
const origins = oneof(
  tuple(schemes, oneof(hosts, uuid(), constant('.'), constant(''))).map(([a, b]) => `${a}://${b}`),
  constant('null'),
  odd,
);
const request = (headers: Readonly<Record<string, string>>): IncomingMessage =>
  ({
    url: '/mcp',
    headers,
    rawHeaders: Object.entries(headers).flat(),
  }) as Partial<IncomingMessage> as IncomingMessage;

/** The response of a server with these options to a request. Undefined when it accepts, else the log message. */
function refusal(allowed: Allowed, headers: Readonly<Record<string, string>>): string | undefined {
  const lines: unknown[] = [];
  Logger.overrideLogger({ log: nothing, error: nothing, warn: (line) => lines.push(line) });
  try {
    new HostAndOriginCheck(
      readModuleOptions({ name: 'x', version: '1', ...allowed }, 'default').settings,
    ).check(request(headers));
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 403) throw error;
    return lines.join('\n');
  }
}

const advised = (line: string): string[] => {
  const [, entry] = /(?:allowedHosts|allowedOrigins): \['([^']*)'\]/.exec(line) ?? [];
  return entry === undefined ? [] : [entry];
};

afterAll(() => {
  Logger.overrideLogger(false);
});

/** Counts the refusals with advice. Lists the advice that does not help. */
function followed(all: Arbitrary<string>, header: 'host' | 'origin', list: keyof Allowed) {
  const counted = { advised: 0 };
  assert(
    property(all, (value) => {
      const headers = { host: 'localhost', [header]: value };
      const [entry] = advised(refusal({}, headers) ?? '');
      if (entry === undefined) return true;
      counted.advised++;
      return refusal({ [list]: [entry] }, headers) === undefined;
    }),
    RUNS,
  );
  return counted;
}

describe('the name that the log advises to allow', () => {
  it('starts an application as a host, and admits the request', () => {
    const { advised: some } = followed(hosts, 'host', 'allowedHosts');
    expect(some).toBeGreaterThan(RUNS.numRuns / 4);
  });

  it('starts an application as an origin, and admits the request', () => {
    const { advised: some } = followed(origins, 'origin', 'allowedOrigins');
    expect(some).toBeGreaterThan(RUNS.numRuns / 4);
  });

  it.each([
    [{ host: 'api.example.com:8443' }, ["'api.example.com'"]],
    [{ host: 'a b' }, []],
    [{ host: 'a'.repeat(300) }, []],
    [
      { host: 'localhost', origin: 'https://app.example.com:8443' },
      ["'https://app.example.com:8443'"],
    ],
    [
      { host: 'localhost', origin: `vscode-webview://${'1a'.repeat(60)}` },
      [`'vscode-webview://${'1a'.repeat(60)}'`],
    ],
    [{ host: 'localhost', origin: 'null' }, ["'null'"]],
    [{ host: 'localhost', origin: 'https://a.example https://b.example' }, []],
    [{ host: 'localhost', 'sec-fetch-site': 'cross-site' }, []],
  ] as const)('of %j is %j', (headers, expected) => {
    const line = refusal({}, headers) ?? '';
    expect(line).toMatch(/^MCP10[12] /);
    expect(advised(line).map((entry) => `'${entry}'`)).toEqual(expected);
  });

  it("warns of what 'null' admits", () => {
    expect(refusal({}, { host: 'localhost', origin: 'null' })).toContain('every such page');
  });
});

/** Starts an application with these options. */
const starts = (allowed: Allowed): boolean =>
  readModuleOptions({ name: 'x', version: '1', ...allowed }, 'default').problems.length === 0;

/** Counts the entries that the options accept. Each must admit a matching request. */
function taken(all: Arbitrary<string>, list: keyof Allowed, header: 'host' | 'origin'): number {
  let count = 0;
  assert(
    property(all, (entry) => {
      const allowed = { [list]: [entry] };
      if (!starts(allowed)) return true;
      count++;
      const value = entry
        .toLowerCase()
        .replace(/(^|:\/\/)\*\./, '$1sub.')
        .split(/([.:/])/)
        .map((part) => (part.includes('é') || part.includes('ü') ? domainToASCII(part) : part))
        .join('');
      return refusal(allowed, { host: 'localhost', [header]: value }) === undefined;
    }),
    RUNS,
  );
  return count;
}

describe('an entry that the options accept', () => {
  it('admits a host', () => {
    expect(taken(hosts, 'allowedHosts', 'host')).toBeGreaterThan(RUNS.numRuns / 4);
  });

  it('admits a page', () => {
    expect(taken(origins, 'allowedOrigins', 'origin')).toBeGreaterThan(RUNS.numRuns / 4);
  });
});
