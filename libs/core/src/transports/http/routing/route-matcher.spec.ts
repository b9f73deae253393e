import { RouteMatcher } from './route-matcher.js';

const matcher = new RouteMatcher([
  ['/api/sse', 'fixed'],
  ['/api/tenants/:id/mcp/sse', 'one'],
  ['/:Region/:id/sse', 'two'],
  ['/', 'root'],
]);

describe('the routes of a server', () => {
  it.each([
    ['/api/sse', 'fixed'],
    ['/API/Sse/', 'fixed'],
    ['/', 'root'],
    ['/api/tenants/blue/mcp/sse', 'one'],
    ['/Api/TENANTS/Blue/mcp/sse/', 'one'],
    ['/api/tenants/caf%C3%A9/mcp/sse', 'one'],
    ['/api/tenants/a%2Fb/mcp/sse', 'one'],
    ['/api/tenants/.../mcp/sse', 'one'],
    [`/api/tenants/${'x'.repeat(256)}/mcp/sse`, 'one'],
    ['/eu/blue/sse', 'two'],
  ])('lead from %s to %s', (path, target) => {
    expect(matcher.find(path)).toBe(target);
  });

  it.each([
    '',
    '/api',
    '/api/sse//',
    '/api/tenants//mcp/sse',
    '/api/tenants/./mcp/sse',
    '/api/tenants/../mcp/sse',
    '/api/tenants/%2e%2E/mcp/sse',
    '/api/tenants/%/mcp/sse',
    '/api/tenants/%ff/mcp/sse',
    `/api/tenants/${'x'.repeat(257)}/mcp/sse`,
    '/api/tenants/blue/mcp/sse/more',
    '/api/tenants/blue/mcp',
    'xapi/tenants/blue/mcp/ssex',
    '/:region/blue/messages',
  ])('lead nowhere from %p', (path) => {
    expect(matcher.find(path)).toBeUndefined();
  });

  it('are matched in the time that reading a hostile path takes', () => {
    const hostile = ['/x'.repeat(1_000_000), `/api/tenants/${'%2'.repeat(1_000_000)}/mcp/sse`];
    const began = performance.now();
    for (const path of hostile) expect(matcher.find(path)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
