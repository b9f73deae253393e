import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { McpTool, McpToolType } from '@nestmcp/core';
import type { Browser, Page } from 'playwright-core';
import { describeInBrowser, launchBrowser } from '../support/app/browser.js';
import {
  describeWithExample,
  EnterpriseExample,
} from '../support/app/inspector/enterprise-example.js';
import { Inspector } from '../support/app/inspector/inspector.js';
import { startApp } from '../support/app/test-app.js';

const TOOLS = [
  'list_customers',
  'customer_credit',
  'list_orders',
  'sum_up_sales',
  'place_order',
  'cancel_order',
];

/** A step that takes longer is stuck: the error names it. */
const STEP_MS = 20_000;

/** The inspector warns of it, which proves that a warning would be seen. */
@McpToolType()
class UnportableTools {
  @McpTool({ input: { type: 'object', properties: { note: { type: ['string', 'null'] } } } })
  unportable(): string {
    return 'done';
  }
}

/** Connects, and shows the list of tools. */
async function connect(opened: Page): Promise<void> {
  // The drawing of the switch covers its input, which a click would wait for. The keyboard works.
  await opened.getByRole('switch', { name: /^Connect or disconnect/ }).press('Space');
  await opened.getByText('Tools', { exact: true }).click();
}

const warnings = (opened: Page) =>
  opened.getByRole('alert').or(opened.getByText(/schema portability/i));

describeWithExample('the official inspector, at the application of examples/enterprise', () => {
  let example: EnterpriseExample | undefined;
  let unportable: INestApplication | undefined;
  let inspector: Inspector;
  let url: string;
  let unportableUrl: string;
  let header: readonly string[];

  beforeAll(async () => {
    inspector = await Inspector.create();
    example = await EnterpriseExample.start();
    url = example.url;
    header = ['--header', await example.authorization()];
    const running = await startApp({ providers: [UnportableTools] });
    unportable = running.app;
    unportableUrl = new URL('/mcp', running.url).href;
  }, 120_000);

  afterAll(async () => {
    await Promise.all([example?.stop(), inspector.stop()]);
    (unportable?.getHttpServer() as Server | undefined)?.closeAllConnections();
    await unportable?.close();
  });

  it('lists the tools on the command line, and finds nothing wrong in their schemas', async () => {
    const { result, schemaFindings } = await inspector.strictList(url, ...header);
    expect(result.tools.map(({ name }) => name)).toEqual(TOOLS);
    expect(schemaFindings).toBeUndefined();
  });

  it('calls a tool on the command line', async () => {
    const call = ['--method', 'tools/call', '--tool-name', 'list_customers'];
    const { content } = (await inspector.cli(url, ...call, ...header)) as {
      content: { text: string }[];
    };
    const customers = JSON.parse(content[0]?.text ?? '[]') as { name: string }[];
    expect(customers.map(({ name }) => name)).toEqual(['Arctic Tea', 'Blue Bikes']);
  });

  describeInBrowser('in its web UI', () => {
    let browser: Browser | undefined;
    let page: Page;
    const complaints: string[] = [];

    /** Opens the page of an inspector, which has not connected to its server yet. */
    async function open(address: string): Promise<Page> {
      browser ??= await launchBrowser();
      const opened = await browser.newPage();
      opened.setDefaultTimeout(STEP_MS);
      opened.on('pageerror', (error) => complaints.push(error.message));
      opened.on('console', (message) => {
        if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
      });
      // The page asks for fonts of another host. Without a network, that is an error on its console.
      await opened.route('https://fonts.googleapis.com/**', (route) =>
        route.fulfill({ contentType: 'text/css', body: '' }),
      );
      await opened.goto(address);
      return opened;
    }

    const tool = (name: string) => page.getByRole('button', { name, exact: true });

    beforeAll(async () => {
      page = await open(await inspector.web(url, ...header));
    }, 120_000);

    afterAll(() => browser?.close());

    it('says only that its list of servers is read-only before it connects', async () => {
      await warnings(page).waitFor();
      expect(await warnings(page).allInnerTexts()).toEqual([
        expect.stringMatching(/^Read-only session/),
      ]);
    });

    it('connects with the token, and lists every tool', async () => {
      await connect(page);
      await page.getByText(`Tools (${TOOLS.length})`, { exact: true }).waitFor();
      for (const name of TOOLS) await tool(name).waitFor();
    });

    it.each(TOOLS)('shows %s without a warning', async (name) => {
      await tool(name).click();
      await tool('Execute Tool').waitFor();
      expect(await warnings(page).allInnerTexts()).toEqual([]);
      expect(await page.locator('body').innerText()).not.toMatch(/warning|invalid|unsupported/i);
    });

    it('calls a tool, and shows its result', async () => {
      await tool('list_customers').click();
      await tool('Execute Tool').click();
      await page.getByText('"Arctic Tea"').first().waitFor();
      expect(await warnings(page).allInnerTexts()).toEqual([]);
    });

    it('has written no warning and no error on the console', () => {
      expect(complaints).toEqual([]);
    });

    it('would show a warning: a schema that some clients reject has one', async () => {
      const other = await open(await inspector.web(unportableUrl));
      await connect(other);
      await other.getByRole('button', { name: /^unportable\s*Schema portability/ }).click();
      await other.getByRole('button', { name: /^Schema portability/ }).waitFor();
    });
  });
});
