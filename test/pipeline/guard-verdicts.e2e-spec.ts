import {
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  Scope,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  McpExecutionContext,
  McpRegistry,
  McpTool,
  McpToolType,
  McpVisibility,
} from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { type HttpAnswer, post, SseWire } from '../support/wire/sse-wire.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { ALLOWING, endEndless, ENDLESS, VERDICTS } from '../support/fixtures/verdicts.js';

type Headers = Record<string, string>;

/** Returns the verdict in the request header that is named after the position of the guard. */
abstract class Told implements CanActivate {
  static asked: () => void = () => undefined;
  protected abstract readonly place: string;

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Headers }>();
    const name = headers[`x-${this.place}`];
    if (name === undefined) return true;
    const endless = ENDLESS.get(name);
    if (endless) Told.asked();
    return (endless ?? VERDICTS.get(name))?.() as boolean;
  }
}
class OnRoute extends Told {
  protected readonly place = 'guards';
}
class Once extends Told {
  protected readonly place = 'once';
}
class OnTool extends Told {
  protected readonly place = 'tool';
}
@Injectable({ scope: Scope.REQUEST })
class Scoped extends Told {
  protected readonly place = 'scoped';
}
@McpVisibility()
class Visible extends Told {
  protected readonly place = 'visibility';
}
/** On the route, Nest runs the global guards. */
class Everywhere extends Told {
  protected readonly place = 'global';

  override canActivate(context: ExecutionContext): boolean {
    return !McpExecutionContext.isMcp(context) || super.canActivate(context);
  }
}

let runs = 0;
const ran = (): string => {
  runs++;
  return 'ran';
};

@McpToolType()
class Tools {
  @McpTool()
  @UseGuards(OnTool)
  guarded(): string {
    return ran();
  }

  @McpTool()
  @UseGuards(Visible)
  hidden(): string {
    return ran();
  }
}

@McpToolType()
class ScopedTools {
  @McpTool()
  @UseGuards(Scoped)
  scoped(): string {
    return ran();
  }
}

const PROTOCOL = 'io.modelcontextprotocol/';

/** A complete request of 2026-07-28. */
async function ask(
  url: URL,
  method: string,
  name: string | undefined,
  headers: Headers,
): Promise<HttpAnswer> {
  const envelope = {
    [`${PROTOCOL}protocolVersion`]: '2026-07-28',
    [`${PROTOCOL}clientCapabilities`]: {},
  };
  const body = {
    jsonrpc: '2.0',
    id: 1,
    method,
    params: { ...(name && { name }), _meta: envelope },
  };
  return post(new URL('/mcp', url), body, {
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...(name && { 'mcp-name': name }),
    ...headers,
  });
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'verdicts', version: '1' },
  },
};

/** True when a request with these headers is served. */
type Probe = (url: URL, headers: Headers) => Promise<boolean>;

const calling =
  (name: string): Probe =>
  async (url, headers) =>
    (await ask(url, 'tools/call', name, headers)).body.includes('"text":"ran"');

const PLACES: readonly (readonly [string, string, Probe])[] = [
  [
    'the option guards, for a stream of HTTP+SSE',
    'guards',
    async (url, headers) => {
      const wire = await SseWire.open(new URL('/sse', url), headers);
      wire.close();
      return wire.status === 200;
    },
  ],
  [
    'the option guards, for a session of Streamable HTTP',
    'guards',
    async (url, headers) =>
      (
        await post(new URL('/mcp', url), INITIALIZE, {
          accept: 'application/json, text/event-stream',
          ...headers,
        })
      ).status === 200,
  ],
  ['the option guards, without a session', 'guards', calling('guarded')],
  ['once, on the tool', 'once', calling('guarded')],
  [
    'once, on the route',
    'once',
    async (url, headers) => (await ask(url, 'tools/list', undefined, headers)).status === 200,
  ],
  ['a tool', 'tool', calling('guarded')],
  ['a tool, for the whole application', 'global', calling('guarded')],
  ['a tool in its own scope', 'scoped', calling('scoped')],
  ['a tool that was added at run time', 'tool', calling('added')],
  ['the visibility of a tool that is called', 'visibility', calling('hidden')],
  [
    'the visibility of a tool that is listed',
    'visibility',
    async (url, headers) =>
      (await ask(url, 'tools/list', undefined, headers)).body.includes('"hidden"'),
  ],
];

const isBounded = ([, place]: readonly [string, string, Probe]): boolean =>
  place !== 'guards' && place !== 'once';

describe.each(PLATFORMS)('guards on %s', (platform) => {
  let app: INestApplication;
  let url: URL;

  beforeAll(async () => {
    ({ app, url } = await startApp({
      platform,
      mcp: { guards: [OnRoute], once: [Once], timeout: 100 },
      providers: [
        Tools,
        ScopedTools,
        OnTool,
        { provide: APP_GUARD, useClass: Once },
        { provide: APP_GUARD, useClass: Everywhere },
      ],
    }));
    app
      .get(McpRegistry)
      .tool('added')
      .description('Added at run time')
      .decorate(UseGuards(OnTool))
      .handle(ran);
  });

  afterAll(async () => {
    endEndless();
    await app.close();
  });

  it.each(PLACES)('%s: only true allows', async (_, place, probe) => {
    runs = 0;
    const allowed: string[] = [];
    const isIn = await Promise.all(
      [...VERDICTS.keys()].map(async (name) => probe(url, { [`x-${place}`]: name })),
    );
    for (const [at, name] of [...VERDICTS.keys()].entries()) if (isIn[at]) allowed.push(name);
    expect(allowed).toEqual(ALLOWING);
    expect([0, ALLOWING.length]).toContain(runs);
  });

  it.each(PLACES.filter(isBounded))(
    '%s: a verdict that never arrives denies the call at the deadline of the tool',
    async (_, place, probe) => {
      const names = [...ENDLESS.keys()];
      const isIn = await Promise.all(
        names.map(async (name) => probe(url, { [`x-${place}`]: name })),
      );
      expect(isIn).toEqual(names.map(() => false));
    },
  );

  it.each(PLACES.filter((entry) => !isBounded(entry) && entry[0] !== 'once, on the tool'))(
    '%s: nothing is admitted while the verdict is pending',
    async (_, place, probe) => {
      for (const name of ENDLESS.keys()) {
        const { promise, resolve } = deferred();
        Told.asked = resolve;
        let isOver = false;
        const waiting = probe(url, { [`x-${place}`]: name });
        const over = (): void => {
          isOver = true;
        };
        waiting.then(over, over);
        await promise;
        expect(await probe(url, {})).toBe(true);
        expect(isOver).toBe(false);
        endEndless();
        expect(await waiting).toBe(false);
      }
    },
  );
});
