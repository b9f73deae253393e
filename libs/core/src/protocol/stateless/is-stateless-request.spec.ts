import { isStatelessRequest } from './is-stateless-request.js';

const KEY = 'io.modelcontextprotocol/protocolVersion';
const claim = (version: unknown) => ({ _meta: { [KEY]: version } });
const header = (version: string) => ({ 'mcp-protocol-version': version });

const request = (params: unknown, method = 'tools/list') =>
  ({ kind: 'request', id: 1, method, params }) as const;

describe('isStatelessRequest', () => {
  it.each([
    ['2026-07-28', {}],
    ['2026-07-28', header('2025-11-25')],
    ['2099-01-01', {}],
    ['2025-11-25', header('2025-11-25')],
    [5, {}],
    [null, {}],
  ])('is true for a body that claims %p, with the headers %j', (version, headers) => {
    expect(isStatelessRequest(request(claim(version)), headers)).toBe(true);
    expect(isStatelessRequest(request(claim(version), 'initialize'), headers)).toBe(true);
    expect(
      isStatelessRequest({ kind: 'notification', method: 'x', params: claim(version) }, headers),
    ).toBe(true);
  });

  it.each([
    [undefined, '2026-07-28'],
    [{}, '2026-07-28'],
    [{ _meta: {} }, ' 2026-07-28 '],
    [{ _meta: { 'io.modelcontextprotocol/clientCapabilities': {} } }, '2026-07-28'],
    [{ _meta: [] }, '2026-07-28'],
    [[], '2026-07-28'],
    [{}, 'v999.0.0'],
    [{}, ''],
  ])('is true for %j without a claim, when the header names %j', (params, version) => {
    expect(isStatelessRequest(request(params), header(version))).toBe(true);
    expect(isStatelessRequest({ kind: 'response', id: 1 }, header(version))).toBe(true);
  });

  it.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
    'is false without a claim, when the header names %s, which has sessions',
    (version) => {
      expect(isStatelessRequest(request({}), header(version))).toBe(false);
    },
  );

  it('is false without claim and header', () => {
    expect(isStatelessRequest(request({}), {})).toBe(false);
    expect(isStatelessRequest({ kind: 'response', id: 1 }, {})).toBe(false);
  });

  it('is false for an initialize without a claim, with any header', () => {
    for (const version of ['2026-07-28', '2025-11-25', 'v999.0.0'])
      expect(isStatelessRequest(request({}, 'initialize'), header(version))).toBe(false);
  });

  it('ignores members that every object inherits', () => {
    expect(isStatelessRequest(request({ _meta: Object.create({ [KEY]: '2026-07-28' }) }), {})).toBe(
      false,
    );
  });
});
