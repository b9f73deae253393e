import type { INestApplication } from '@nestjs/common';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/app/browser.js';
import { startDemo } from '../support/app/demo-process.js';

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
  let app: INestApplication;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    const demo = await startDemo();
    app = demo.app;
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.addInitScript({ content: WATCH });
    await page.goto(demo.url.href);
  }, 30_000);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('shows the frames of the stream as they arrive: the endpoint, then each answer', async () => {
    await page.getByText('Connected to echo-demo').waitFor();
    const frames = await page.locator('#frames').textContent();
    expect(frames?.split('\n\n')).toEqual([
      expect.stringMatching(/^← event: endpoint\ndata: \/messages\?sessionId=[\w-]{22}$/),
      expect.stringMatching(/^→ POST \/messages\n\{.*"method":"initialize"/),
      expect.stringMatching(/^← event: message\ndata: \{"jsonrpc":"2.0","id":1,"result"/),
      expect.stringMatching(/^→ POST \/messages\n\{.*"method":"notifications\/initialized"/),
      '',
    ]);
  });

  it.each(['hello', 'héllo 🌍👩🏽‍🚀', '<img src=x onerror=alert(1)> & "quotes"'])(
    'echoes %j exactly, as text',
    async (input) => {
      await page.getByLabel('Text to echo').fill(input);
      await page.getByRole('button', { name: 'Call echo' }).click();
      const answer = page.locator('#answer', { hasText: input });
      await answer.waitFor();
      expect(await answer.textContent()).toBe(input);
      expect(await page.locator('#frames').textContent()).toContain(
        `"text":${JSON.stringify(input)}`,
      );
    },
  );

  it('appends ten lines, one a second, and then closes the stream permanently', async () => {
    await page.getByText('All ten received').waitFor();
    const lines = (await page.locator('#output').textContent())?.trimEnd().split('\n') ?? [];
    expect(lines).toHaveLength(10);
    expect(lines.map((line) => new Date(line).toISOString())).toEqual(lines);

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

  it('violates no rule of its own content security policy, and throws no error', () => {
    expect(complaints).toEqual([]);
  });
});
