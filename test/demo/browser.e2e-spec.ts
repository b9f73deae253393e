import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/app/browser.js';
import { DemoPage } from '../support/app/demo-page.js';

/** The `readyState` values of an EventSource. */
const OPEN = 1;
const CLOSED = 2;

/** Runs in the page before its own script. Records its event streams, and the time of each line of the clock. */
const WATCH = `
globalThis.streams = [];
globalThis.arrivals = [];
globalThis.EventSource = class extends EventSource {
  constructor(...args) {
    super(...args);
    globalThis.streams.push(this);
  }
};
addEventListener('DOMContentLoaded', () => {
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const _ of addedNodes) globalThis.arrivals.push(performance.now());
  }).observe(document.getElementById('output'), { childList: true });
}, { capture: true });
`;

describeInBrowser('the page of the demo in a browser', () => {
  let demo: DemoPage;
  let page: Page;

  beforeAll(async () => {
    demo = await DemoPage.start();
    page = await demo.open({}, WATCH);
  }, 30_000);

  afterAll(() => demo?.close());

  const lines = async (): Promise<string[]> =>
    (await page.locator('#output').textContent())?.trimEnd().split('\n') ?? [];

  it('appends ten lines, one a second, and then closes the stream permanently', async () => {
    await page.getByText('All ten received').waitFor();
    const shown = await lines();
    expect(shown).toHaveLength(10);
    expect(shown.map((line) => new Date(line).toISOString())).toEqual(shown);

    const arrivals = await page.evaluate<number[]>('arrivals');
    const pauses = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? NaN));
    expect(pauses).toHaveLength(9);
    // Wide enough for a busy machine, and too narrow for any pace but one line a second.
    for (const pause of pauses) expect(Math.abs(pause - 1_000)).toBeLessThan(500);

    const streams = await page.evaluate<[string, number][]>(
      'streams.map(({ url, readyState }) => [new URL(url).pathname, readyState])',
    );
    expect(streams).toEqual([
      ['/clock', CLOSED],
      ['/sse', OPEN],
    ]);
  }, 20_000);

  it('starts the clock again, from the first line', async () => {
    const before = await lines();
    await page.getByRole('button', { name: 'Again' }).click();
    await page.getByText('Ten times, one a second').waitFor();
    await page.waitForFunction("document.getElementById('output').textContent !== ''");
    const [first = ''] = await lines();
    expect(Date.parse(first)).toBeGreaterThan(Date.parse(before.at(-1) ?? ''));
    expect(await page.getByRole('button', { name: 'Again' }).isDisabled()).toBe(true);
  });

  const count = () => page.locator('#frames li').count();
  const add = (howMany: number) =>
    page.evaluate(`import('/page/ui/frames.js').then(({ FrameList }) => {
      globalThis.list ??= new FrameList();
      for (let index = 0; index < ${howMany}; index++)
        list.add({ direction: 'in', title: 'event: message', text: '{"id":' + index + '}' });
    })`);

  describe('shows frames', () => {
    it('as pretty JSON, up to 200 of them', async () => {
      await add(250);
      expect(await count()).toBe(200);
      expect(await page.locator('#frames pre').last().textContent()).toBe('{\n  "id": 249\n}');
      expect(await page.locator('#frames-count').textContent()).toContain('the last 200 are kept');
    });

    it('not while they are paused, and all of them afterwards', async () => {
      await page.getByRole('button', { name: 'Clear' }).click();
      expect(await count()).toBe(0);
      await page.evaluate("document.getElementById('frames-pause').click()");
      await add(3);
      expect(await count()).toBe(0);
      const button = page.getByRole('button', { name: 'Continue' });
      expect(await button.getAttribute('aria-pressed')).toBe('true');
      await button.click();
      expect(await count()).toBe(3);
    });
  });

  describe('shows how to connect', () => {
    const NAMES = ['Claude Code', 'Claude Desktop', 'VS Code', 'Cursor', 'Inspector'];

    it.each(NAMES)('%s, with a button that copies', async (name) => {
      await page.getByRole('tab', { name, exact: true }).click();
      const shown = await page
        .getByRole('region', { name: `configuration of ${name}` })
        .textContent();
      await page.getByRole('button', { name: `Copy: configuration of ${name}` }).click();
      await page.locator('.copyable:visible', { hasText: 'Copied' }).waitFor();
      const copied = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(copied).toBe(shown);
      expect(copied).toContain(`${demo.url.origin}/mcp`);
      if (copied.startsWith('{')) expect(() => JSON.parse(copied) as unknown).not.toThrow();
    });
  });

  it('shows the source of the tool that is chosen, with its method marked', async () => {
    await page.getByRole('tab', { name: 'place_order' }).click();
    const files = page.getByRole('tablist', { name: 'Files' }).getByRole('tab');
    expect(await files.allTextContents()).toEqual([
      'order.tools.ts',
      'place-order.dto.ts',
      'placed-order.dto.ts',
    ]);
    const marked = await page.locator('.marked').textContent();
    expect(marked).toMatch(/^ {2}@McpTool\(.*\n {2}placeOrder\(.*\n {2}\}$/s);
    await page.getByRole('tab', { name: 'echo', exact: true }).click();
    expect(await page.locator('.marked').textContent()).toContain('echo(');
  });

  it('violates no rule of its own content security policy, and throws no error', () => {
    expect(demo.complaints).toEqual([]);
  });
});
