import type { INestApplication } from '@nestjs/common';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { startDemo } from './demo-process.js';

/** The names of the transports on the page. */
export const DEMO_TRANSPORTS = ['HTTP+SSE', 'Streamable HTTP', '2026-07-28, stateless'] as const;

/** The demo, and a browser for its page. */
export class DemoPage {
  /** Errors of the page: thrown ones, those on its console, violations of its policy, and failed loads. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly app: INestApplication,
    private readonly browser: Browser,
    readonly url: URL,
  ) {}

  static async start(): Promise<DemoPage> {
    const { app, url } = await startDemo();
    return new DemoPage(app, await launchBrowser(), url);
  }

  /** Opens the page, and waits until it is connected. `initScript` runs before the page's own scripts. */
  async open(options: BrowserContextOptions = {}, initScript = ''): Promise<Page> {
    const context = await this.browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    await page.addInitScript({ content: initScript });
    await page.goto(this.url.href);
    await connected(page);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.close();
  }
}

/** Waits until the page is connected, over any transport. */
export async function connected(page: Page, revision = ''): Promise<void> {
  await page.getByText(`Connected to echo-demo 0.0.0, revision ${revision}`).waitFor();
}

/** Chooses a transport, and waits until the page is connected over it. */
export async function choose(page: Page, transport: string): Promise<void> {
  await page.getByRole('radio', { name: transport }).check();
  await connected(page, transport.startsWith('2026') ? '2026-07-28' : '2025-11-25');
}

/** Shows the form of a tool. */
export async function showTool(page: Page, tool: string): Promise<void> {
  await page.getByRole('tab', { name: tool, exact: true }).click();
}

/** The field of the form that is shown, by its label and its role: `textbox`, `spinbutton`, `combobox`. */
export function field(
  page: Page,
  role: 'textbox' | 'spinbutton' | 'combobox',
  name: string,
): Locator {
  return page.getByRole(role, { name, exact: true });
}

/** Calls the tool that is shown, with what its form contains. Returns the verdict. */
export async function callTool(page: Page, tool: string): Promise<string> {
  await page.getByRole('button', { name: `Call ${tool}` }).click();
  return verdict(page);
}

/** The first line of the result, as soon as there is one. */
export async function verdict(page: Page): Promise<string> {
  const line = page.locator('.verdict:visible');
  await line.waitFor();
  return (await line.textContent()) ?? '';
}

/** The texts below the verdict. */
export function resultTexts(page: Page): Promise<string[]> {
  return page.locator('.result:visible pre').allTextContents();
}

/** Each frame as its direction, its title and what it contains. */
export function frames(page: Page): Promise<[direction: string, title: string, text: string][]> {
  return page.evaluate(`[...document.querySelectorAll('#frames li')].map((item) => [
    item.className,
    item.querySelector('.title').textContent,
    item.querySelector('pre')?.textContent ?? '',
  ])`);
}
