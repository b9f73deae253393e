import {
  ErrorCode,
  LATEST_PROTOCOL_VERSION,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/sdk/types.js';
import { ProtocolErrorCode } from '@modelcontextprotocol/client';
import { JsonRpcErrorCode } from './json-rpc-error-code.js';
import {
  isSessionRevision,
  LATEST_SESSION_REVISION,
  negotiateRevision,
  SESSION_REVISIONS,
  STATELESS_REVISION,
  SUPPORTED_REVISIONS,
} from './revisions.js';

/** The newer SDK has no name for it. */
const HeaderMismatch = -32020;

describe('session revisions', () => {
  it('are those of the official SDK, except the one before the first release', () => {
    const released = SUPPORTED_PROTOCOL_VERSIONS.filter((version) => version !== '2024-10-07');
    expect([...SESSION_REVISIONS].toSorted()).toEqual(released.toSorted());
  });

  it('have the latest of the official SDK as their latest', () => {
    expect(LATEST_SESSION_REVISION).toBe(LATEST_PROTOCOL_VERSION);
    expect(SESSION_REVISIONS.at(-1)).toBe(LATEST_SESSION_REVISION);
  });

  it.each(SESSION_REVISIONS)('answer %s with the same revision', (revision) => {
    expect(negotiateRevision(revision)).toBe(revision);
  });

  it.each(['', '2024-10-07', '2026-07-28', '1999-01-01', 'latest', ' 2025-06-18', '2025-06-18\n'])(
    'answer %j with the latest',
    (requested) => {
      expect(negotiateRevision(requested)).toBe(LATEST_SESSION_REVISION);
    },
  );

  it.each([undefined, null, 20250618, ['2025-06-18'], {}])('do not include %p', (version) => {
    expect(isSessionRevision(version)).toBe(false);
  });
});

describe('the supported revisions', () => {
  it('are all revisions, the newest first', () => {
    expect(SUPPORTED_REVISIONS).toEqual([STATELESS_REVISION, ...SESSION_REVISIONS.toReversed()]);
    expect(SUPPORTED_REVISIONS).toEqual([...SUPPORTED_REVISIONS].toSorted().toReversed());
  });
});

describe('error codes', () => {
  const own = Object.entries(JsonRpcErrorCode).filter(([name]) => Number.isNaN(Number(name)));

  it.each(own)('%s is %i in the official SDK too, if it has the code', (name, code) => {
    const theirs: object = name in ErrorCode ? ErrorCode : { ...ProtocolErrorCode, HeaderMismatch };
    expect(theirs).toHaveProperty(name, code);
  });

  it('are the five of JSON-RPC 2.0, and the three of 2026-07-28', () => {
    expect(own.map(([, code]) => code)).toEqual([
      -32700, -32600, -32601, -32602, -32603, -32020, -32021, -32022,
    ]);
  });
});
