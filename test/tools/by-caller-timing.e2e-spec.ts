import { type CanActivate, type INestApplication, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { McpTool, McpToolType, McpVisibility } from '@nestmcp/core';
import { deferred } from '../support/deferred.js';
import { PLATFORMS, startApp } from '../support/app/test-app.js';
import { HttpSession, sseWire, StatelessWire, type Wire } from '../support/wire/wires.js';

let asked = 0;
let began = deferred();
let held = deferred();
const isAsked = (): void => {
  asked++;
  began.resolve();
};

@McpVisibility()
class Slow implements CanActivate {
  async canActivate(): Promise<boolean> {
    isAsked();
    await held.promise;
    return false;
  }
}
@McpVisibility()
class Quick implements CanActivate {
  canActivate(): boolean {
    isAsked();
    return false;
  }
}
class Counting implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

@McpToolType()
@UseGuards(Slow)
class SlowTools {
  @McpTool()
  hidden(): string {
    return 'hidden';
  }
}
@McpToolType()
@UseGuards(Quick)
class QuickTools extends SlowTools {}
@McpToolType()
class OpenTools {
  @McpTool()
  open(): string {
    return 'open';
  }
}

const WIRES: readonly (readonly [string, (url: URL) => Promise<Wire>])[] = [
  ['HTTP+SSE', async (url) => sseWire(url, '2025-11-25')],
  ['a session of Streamable HTTP', async (url) => HttpSession.begin(url)],
  ['requests without a session', async (url) => Promise.resolve(new StatelessWire(url))],
];
const TOOLS = [
  ['that is slow', SlowTools, false],
  ['that answers at once', QuickTools, false],
  ['that is slow, beside a guard that runs once', SlowTools, true],
] as const;

describe.each(PLATFORMS)('a hidden tool on %s', (platform) => {
  describe.each(TOOLS)('behind a guard %s', (_, tools, isOnce) => {
    let app: INestApplication;
    let url: URL;

    beforeAll(async () => {
      ({ app, url } = await startApp({
        platform,
        mcp: { once: isOnce ? [Counting] : [] },
        providers: [tools, OpenTools, { provide: APP_GUARD, useClass: Counting }],
      }));
    });

    afterAll(async () => {
      held.resolve();
      await app.close();
    });

    it.each(WIRES)('is refused like an unknown tool, over %s', async (__, open) => {
      const wire = await open(url);
      const call = async (name: string): Promise<readonly [number, string]> => {
        asked = 0;
        began = deferred();
        held = deferred();
        const asking = wire.ask(name, 'tools/call', { name, arguments: {} });
        // Only this releases the call that waits for the guard.
        await began.promise;
        held.resolve();
        const answer = await (await asking).answer();
        return [asked, JSON.stringify(answer).replaceAll(name, 'NAME')];
      };
      const hidden = await call('hidden');
      expect(hidden[0]).toBeGreaterThan(0);
      expect(hidden[1]).toContain("Unknown tool: 'NAME'");
      expect(await call('unknown')).toEqual(hidden);
      expect(await call('hiddem')).toEqual(hidden);
      wire.close();
    });

    it('does not delay other calls', async () => {
      asked = 0;
      const wire = new StatelessWire(url);
      const answering = await wire.ask(1, 'tools/call', { name: 'open', arguments: {} });
      expect(JSON.stringify(await answering.answer())).toContain('"text":"open"');
      expect(asked).toBe(0);
      wire.close();
    });
  });
});
