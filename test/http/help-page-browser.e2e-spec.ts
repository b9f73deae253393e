import type { INestApplication } from '@nestjs/common';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/app/browser.js';
import { startApp } from '../support/app/test-app.js';
import { ProbeTools } from '../support/fixtures/probe.tools.js';

describeInBrowser('an endpoint that a browser opens', () => {
  let app: INestApplication;
  let url: URL;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    ({ app, url } = await startApp({ providers: [ProbeTools] }));
    browser = await launchBrowser();
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // The status is reported as a failed load, and is 406 on purpose.
      if (message.type() === 'error' && !message.text().includes('406'))
        complaints.push(message.text());
    });
  }, 30_000);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it.each(['/mcp', '/sse?key=a%22%3E%3Cb%3E'])(
    'shows its address and a configuration: %s',
    async (path) => {
      const address = new URL(path, url).href;
      await page.goto(`${address}#fragment`);
      expect(await page.locator('#address').textContent()).toBe(address);
      const shown = (await page.locator('#url-client').textContent()) ?? '';
      expect(JSON.parse(shown)).toEqual({ mcpServers: { 'my-server': { url: address } } });
    },
  );

  it('copies its address', async () => {
    await page.goto(new URL('/mcp', url).href);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(`${url.origin}/mcp`);
  });

  it('fits into a width of 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
  });

  it('violates no rule of its own content security policy', () => {
    expect(complaints).toEqual([]);
  });
});
