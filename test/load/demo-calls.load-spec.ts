import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/app/browser.js';
import {
  callTool,
  choose,
  connected,
  DEMO_TRANSPORTS,
  DemoPage,
  field,
  frames,
  resultTexts,
  showTool,
  verdict,
} from '../support/app/demo-page.js';

/** How the frames of one call look on each transport. */
const WIRE = {
  'HTTP+SSE': { path: '/messages?sessionId=', answer: 'event: message' },
  'Streamable HTTP': { path: '/mcp', answer: '200 application/json' },
  '2026-07-28, stateless': { path: '/mcp', answer: '200 application/json' },
} as const;

describeInBrowser('calls from the page of the demo', () => {
  let demo: DemoPage;
  let page: Page;

  beforeAll(async () => {
    demo = await DemoPage.start();
  }, 30_000);

  afterAll(() => demo?.close());

  it('begin with a list of the tools, over HTTP+SSE', async () => {
    page = await demo.open();
    const names = await page
      .getByRole('tablist', { name: 'Tools' })
      .getByRole('tab')
      .allTextContents();
    expect(names.toSorted()).toEqual([
      'current_time',
      'echo',
      'export_orders',
      'place_order',
      'refund_order',
    ]);
    const shown = await frames(page);
    const endpoint = expect.stringMatching(/^\/messages\?sessionId=[\w-]{22}$/);
    const posted = expect.stringMatching(/^POST \/messages\?sessionId=/);
    expect(shown.filter(([, title]) => title !== '202')).toEqual([
      ['in', 'event: endpoint', endpoint],
      ['out', posted, expect.stringContaining('"method": "initialize"')],
      ['in', 'event: message', expect.stringContaining('"serverInfo"')],
      ['out', posted, expect.stringContaining('"method": "notifications/initialized"')],
      ['out', posted, expect.stringContaining('"method": "tools/list"')],
      ['in', 'event: message', expect.stringContaining('"name": "echo"')],
    ]);
    await page.context().close();
  });

  describe.each(DEMO_TRANSPORTS)('over %s', (transport) => {
    beforeAll(async () => {
      page = await demo.open();
      await choose(page, transport);
    });

    afterAll(() => page.context().close());

    it.each(['hello', 'héllo 🌍👩🏽‍🚀', '<img src=x onerror=alert(1)> & "quotes"'])(
      'echo %j exactly, as text',
      async (input) => {
        await showTool(page, 'echo');
        await field(page, 'textbox', 'input').fill(input);
        expect(await callTool(page, 'echo')).toMatch(/^Done in \d+ ms$/);
        expect(await resultTexts(page)).toEqual([input]);
      },
    );

    it('show the frames in both directions', async () => {
      await page.getByRole('button', { name: 'Clear' }).click();
      await showTool(page, 'echo');
      await field(page, 'textbox', 'input').fill('Hello, frames');
      await callTool(page, 'echo');
      const { path, answer } = WIRE[transport];
      const shown = (await frames(page)).filter(([, title]) => title !== '202');
      expect(shown).toEqual([
        ['out', expect.stringContaining(`POST ${path}`), expect.stringContaining('"tools/call"')],
        ['in', answer, expect.stringContaining('Hello, frames')],
      ]);
      const times = await page.locator('#frames time').allTextContents();
      for (const time of times) expect(time).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
    });

    it('place an order from a form of nested fields, with structured content', async () => {
      await showTool(page, 'place_order');
      await callTool(page, 'place_order');
      const [text = ''] = await resultTexts(page);
      expect(JSON.parse(text)).toMatchObject({ pieces: 4, total: 83.5 });
    });

    it('show what the model reads when a tool fails', async () => {
      await showTool(page, 'refund_order');
      expect(await callTool(page, 'refund_order')).toContain('The tool failed');
      expect(await resultTexts(page)).toEqual([
        'Order O-2041 is older than 30 days and cannot be refunded.',
      ]);
    });

    it('show what the model reads when arguments are wrong', async () => {
      await showTool(page, 'echo');
      await page.getByRole('button', { name: 'Send wrong arguments' }).click();
      expect(await verdict(page)).toContain('The tool failed');
      const [text = ''] = await resultTexts(page);
      expect(text).toMatch(/^Invalid arguments for tool 'echo':\n/);
      expect(text).toContain('- colour: is not an argument');
      expect(text).toContain('- input: ');
    });

    it('show progress, and end with the result', async () => {
      await showTool(page, 'export_orders');
      await field(page, 'spinbutton', 'count').fill('3');
      await page.getByRole('button', { name: 'Call export_orders' }).click();
      await page.locator('.progress', { hasText: 'order 1 of 3' }).waitFor();
      const bar = page.getByRole('progressbar', { name: 'Progress of the call' });
      expect(await bar.getAttribute('max')).toBe('3');
      expect(await verdict(page)).toMatch(/^Done in/);
      const [text = ''] = await resultTexts(page);
      expect(text.split('\n')).toHaveLength(4);
      expect(await bar.isVisible()).toBe(false);
    });

    it('can be cancelled, and return the focus to the form', async () => {
      await page.getByRole('button', { name: 'Clear' }).click();
      await showTool(page, 'export_orders');
      await field(page, 'spinbutton', 'count').fill('50');
      await page.getByRole('button', { name: 'Call export_orders' }).click();
      await page.locator('.progress', { hasText: /order \d+ of 50/ }).waitFor();
      await page.getByRole('button', { name: 'Cancel' }).focus();
      await page.keyboard.press('Enter');
      expect(await verdict(page)).toMatch(/^Cancelled after \d+ ms$/);
      const focused = page.locator('button:focus');
      expect(await focused.textContent()).toBe('Call export_orders');
      const titles = (await frames(page)).map(([, title, text]) => title + text);
      const sign = transport.startsWith('2026') ? 'response closed' : 'notifications/cancelled';
      expect(titles.filter((each) => each.includes(sign))).toHaveLength(1);
      // The connection is usable afterwards.
      await showTool(page, 'echo');
      await field(page, 'textbox', 'input').fill('Hello again');
      await callTool(page, 'echo');
      expect(await resultTexts(page)).toEqual(['Hello again']);
    });
  });

  it('keep what was typed when the transport changes', async () => {
    page = await demo.open();
    await showTool(page, 'echo');
    await field(page, 'textbox', 'input').fill('typed before');
    for (const transport of [...DEMO_TRANSPORTS.slice(1), DEMO_TRANSPORTS[0]]) {
      await choose(page, transport);
      await callTool(page, 'echo');
      expect(await resultTexts(page)).toEqual(['typed before']);
    }
    await page.context().close();
  });

  it('work again after the session of Streamable HTTP has ended', async () => {
    page = await demo.open();
    await choose(page, 'Streamable HTTP');
    const id = (await frames(page))
      .map(([, , text]) => /Mcp-Session-Id: (\S+)/.exec(text)?.[1])
      .findLast((each) => each !== undefined);
    await fetch(new URL('/mcp', demo.url), {
      method: 'DELETE',
      headers: { 'mcp-session-id': id ?? '' },
    });
    await showTool(page, 'echo');
    // The browser reports the refused request, which is what the test is about.
    const reported = page.waitForEvent('console', (message) => message.text().includes('404'));
    expect(await callTool(page, 'echo')).toBe('No result:');
    await reported;
    expect(demo.complaints.splice(0)).toEqual([expect.stringContaining('404')]);
    await page.getByRole('button', { name: 'Connect again' }).click();
    await connected(page);
    await callTool(page, 'echo');
    expect(await resultTexts(page)).toEqual(['Hello, MCP 👋']);
    await page.context().close();
  });

  it('violate no rule of the content security policy, and throw no error', () => {
    expect(demo.complaints).toEqual([]);
  });
});
