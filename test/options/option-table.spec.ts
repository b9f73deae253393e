import { BACKPLANE, NAMED, problemsWith } from '../support/fixtures/option-objects.js';
import { MODULE_OPTIONS } from '../../libs/core/src/options/module-options.table.js';
import { readModuleOptions } from '../../libs/core/src/options/module-settings.js';

type Path = keyof typeof MODULE_OPTIONS;

class SomeClass {}

const NOT_FLAGS = ['true', 0, 1, {}, []];
const NOT_COUNTS = [0, -1, 0.5, Number.NaN, Infinity, '5', 2 ** 53, [], {}, true];
const NOT_DURATIONS = [
  'soon',
  '',
  '5',
  '5 s',
  '1d',
  -1,
  Number.NaN,
  Infinity,
  '597h',
  2 ** 31,
  {},
  [],
  true,
];
const NOT_PAUSES = [...NOT_DURATIONS, 0, '0s'];
const NOT_PATHS = ['größe', 'a b', 'v:id', ':id?', '*rest', 5, true, [], {}];
const NOT_TEXTS = [5, true, [], {}];
const HIDDEN = 'a\u202eb';
const NOT_LISTS = ['x', 5, true, {}, SomeClass];

/** Values that each option refuses. All of them refuse null. */
const WRONG: Readonly<Record<Path, readonly unknown[]>> = {
  name: ['', undefined, HIDDEN, ...NOT_TEXTS],
  version: ['', undefined, ...NOT_TEXTS],
  title: [HIDDEN, ...NOT_TEXTS],
  websiteUrl: ['example.com', 'javascript:alert(1)', '', ...NOT_TEXTS],
  icons: [...NOT_LISTS, [5], [{}], [{ src: 'ftp://example.com/a.png' }]],
  instructions: [HIDDEN, ...NOT_TEXTS],
  server: ['admin'],
  path: NOT_PATHS,
  include: [...NOT_LISTS, [undefined], ['OrdersModule'], [{}]],
  exclude: [...NOT_LISTS, [undefined], ['OrdersModule'], [{}]],
  'transports.sse': ['sse', 5, [], 'false'],
  'transports.sse.path': NOT_PATHS,
  'transports.sse.messagesPath': [...NOT_PATHS, 'sse'],
  'transports.sse.endpoint': ['', 'absolute', 'https://x/?a', 'ftp://x', ...NOT_TEXTS],
  'transports.sse.keepAlive': NOT_PAUSES,
  'transports.streamableHttp': ['mcp', 5, [], 'false'],
  'transports.streamableHttp.path': NOT_PATHS,
  'transports.streamableHttp.keepAlive': NOT_PAUSES,
  'transports.streamableHttp.retry': NOT_PAUSES,
  'transports.streamableHttp.sessions': NOT_FLAGS,
  'transports.streamableHttp.json': NOT_FLAGS,
  allowedHosts: [...NOT_LISTS, [5], ['https://api.example.com'], ['']],
  allowedOrigins: [...NOT_LISTS, [5], ['app.example.com'], ['https://app.example.com/']],
  guards: [...NOT_LISTS, [undefined], ['AuthGuard'], [{}]],
  decorators: [...NOT_LISTS, [undefined], [{}]],
  once: [...NOT_LISTS, [undefined], [{ canActivate: () => true }]],
  visibility: [...NOT_LISTS, [undefined], [{ canActivate: () => true }]],
  principal: ['sub', 5, {}],
  backplane: ['memory', 5, {}, SomeClass, { ...BACKPLANE, broadcast: undefined }],
  pageSize: NOT_COUNTS,
  publishOptionalNull: NOT_FLAGS,
  strictNames: NOT_FLAGS,
  openapi: NOT_FLAGS,
  helpPage: NOT_FLAGS,
  drain: NOT_DURATIONS,
  timeout: NOT_DURATIONS,
  maxTimeout: NOT_DURATIONS,
  'cache.ttl': NOT_DURATIONS,
  'cache.scope': ['shared', 'Public', ...NOT_TEXTS],
  'limits.bodyBytes': NOT_COUNTS,
  'limits.bodyWithin': NOT_PAUSES,
  'limits.bufferedBytes': [...NOT_COUNTS, 1],
  'limits.bufferedBytesPerAddress': [...NOT_COUNTS, 1],
  'limits.jsonDepth': NOT_COUNTS,
  'limits.jsonNodes': NOT_COUNTS,
  'limits.resultBytes': NOT_COUNTS,
  'limits.inFlight': NOT_COUNTS,
  'limits.streams': NOT_COUNTS,
  'limits.streamsPerAddress': NOT_COUNTS,
  'limits.streamsPerPrincipal': NOT_COUNTS,
  'limits.sessions': NOT_COUNTS,
  'limits.sessionIdle': NOT_PAUSES,
  'limits.calls': NOT_COUNTS,
  'limits.callsPerPrincipal': NOT_COUNTS,
  'limits.initializeWithin': NOT_PAUSES,
  'limits.writeTimeout': NOT_PAUSES,
  'limits.progressPerSecond': NOT_COUNTS,
  'limits.logPerSecond': NOT_COUNTS,
};

const paths = Object.keys(MODULE_OPTIONS) as Path[];

describe('an option', () => {
  it.each(paths)('is reported with its full path when its value is wrong: %s', (path) => {
    for (const value of [...WRONG[path], null]) {
      const [problem = '', ...more] = problemsWith(path, value);
      expect({ value, more }).toEqual({ value, more: [] });
      expect(problem).toMatch(/^MCP020 McpModule\.forRoot\(\): /);
      expect(problem).toContain(`: ${path}`);
      expect(problem).toMatch(
        / (?:must|is required|is '|has an invisible character).*\. Fix it in the options/,
      );
    }
  });

  it.each(paths)('has a default that its own check accepts: %s', (path) => {
    const { default: standard } = MODULE_OPTIONS[path];
    const isOutside = path === 'server' || standard === undefined;
    expect(isOutside ? [] : problemsWith(path, standard)).toEqual([]);
  });
});

describe('an object that groups options', () => {
  it.each(['limits', 'transports', 'cache'])('must be an object: %s', (group) => {
    for (const value of [5, 'sse', true, [], null])
      expect(problemsWith(group, value)).toEqual([
        expect.stringMatching(new RegExp(`: ${group} must be an object with options of its own: `)),
      ]);
  });

  it.each([undefined, null, 5, 'x', []])(
    'must be an object when it holds all options: %p',
    (options) => {
      expect(readModuleOptions(options, 'default').problems).toEqual([
        expect.stringMatching(/^MCP020 .*the options are missing/),
      ]);
    },
  );
});

describe('the report of one server', () => {
  it('lists every error, at every level', () => {
    const { problems } = readModuleOptions(
      {
        nme: 'x',
        version: 5,
        timeout: 'soon',
        limits: { inflight: 1, streams: 0 },
        transports: { see: true, sse: { pth: 'x', keepAlive: -1 } },
        cache: { tll: 1 },
        guards: SomeClass,
      },
      'admin',
    );
    expect(
      problems.map(
        (problem) =>
          /: (\S+)/.exec(problem.slice('MCP020 McpModule.forRoot({ server: '.length))?.[1],
      ),
    ).toEqual([
      'nme',
      'transports.see',
      'transports.sse.pth',
      'cache.tll',
      'limits.inflight',
      'version',
      'transports.sse.keepAlive',
      'guards',
      'timeout',
      'limits.streams',
    ]);
    for (const problem of problems)
      expect(problem).toMatch(/^MCP020 McpModule\.forRoot\(\{ server: 'admin' \}\): /);
  });

  it('skips checks between options when one of them is invalid', () => {
    const sse = { path: ':id/sse', messagesPath: 'größe' };
    expect(readModuleOptions({ ...NAMED, transports: { sse } }, 'default').problems).toHaveLength(
      1,
    );
  });
});
