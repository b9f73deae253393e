import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/app/browser.js';
import {
  callTool,
  connected,
  DemoPage,
  resultTexts,
  showTool,
  verdict,
} from '../support/app/demo-page.js';

/** Level AA of WCAG 2.2, 1.4.3. */
const LEAST_CONTRAST = 4.5;

/** Each visible text whose colour is too close to what is behind it: `[text, ratio]`. */
const FAINT = `
(() => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const linear = [r, g, b].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const backgroundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const ratioOf = (element) => {
    const [a, b] = [channels(getComputedStyle(element).color), backgroundOf(element)].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  let checked = 0;
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    if (data.trim() === '' || !element.checkVisibility()) continue;
    checked++;
    const ratio = ratioOf(element);
    if (ratio < ${LEAST_CONTRAST}) found.push([data.trim().slice(0, 40), ratio]);
  }
  return { found, checked };
})()`;

/** Controls without a name for a screen reader. */
const UNNAMED = `
[...document.querySelectorAll('button, input, select, textarea, [role=tabpanel], [tabindex="0"]')]
  .filter((element) => element.checkVisibility())
  .filter((element) => !element.textContent.trim() && !element.labels?.length
    && !element.getAttribute('aria-label') && !element.getAttribute('aria-labelledby'))
  .map((element) => element.outerHTML)`;

describeInBrowser('the page of the demo for everyone', () => {
  let demo: DemoPage;
  let page: Page;

  beforeAll(async () => {
    demo = await DemoPage.start();
  }, 30_000);

  afterAll(() => demo?.close());

  afterEach(() => page.context().close());

  it.each(['light', 'dark'] as const)('has enough contrast in %s', async (colorScheme) => {
    // Without transitions, whose colours in between are not those of the page.
    page = await demo.open({ colorScheme, reducedMotion: 'reduce' });
    const background = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(colorScheme === 'light' ? 'rgb(244, 244, 247)' : 'rgb(16, 17, 21)');
    for (const [tool, button] of [
      ['place_order', 'Call place_order'],
      ['refund_order', 'Call refund_order'],
      ['export_orders', 'Send wrong arguments'],
    ] as const) {
      await showTool(page, tool);
      await page.getByRole('button', { name: button }).click();
      await verdict(page);
      const { found, checked } = await page.evaluate<{ found: unknown[]; checked: number }>(FAINT);
      expect(found).toEqual([]);
      expect(checked).toBeGreaterThan(100);
    }
  });

  it('can be used with the keyboard alone, and shows the focus', async () => {
    page = await demo.open();
    const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const outlines: string[] = [];
    const tabTo = async (isThere: () => Promise<boolean>) => {
      for (let steps = 0; steps < 30 && !(await isThere()); steps++) {
        await press('Tab');
        outlines.push(
          await page.evaluate<string>(`(() => {
            const { activeElement: element } = document;
            const shown = element.matches('#transports input') ? element.nextElementSibling : element;
            return getComputedStyle(shown).outlineStyle;
          })()`),
        );
      }
    };
    await tabTo(async () => (await focused()) === 'Skip to the tools');
    await press('Enter');
    expect(await focused()).toBe('Tools');
    await press('Shift+Tab', 'ArrowRight');
    await page.getByRole('radio', { name: 'Streamable HTTP', checked: true }).waitFor();
    await connected(page, '2025-11-25');
    await tabTo(() => page.evaluate("document.activeElement.role === 'tab'"));
    await press('End', 'ArrowRight', 'ArrowLeft', 'Home');
    const names = await page
      .getByRole('tablist', { name: 'Tools' })
      .getByRole('tab')
      .allTextContents();
    expect(await focused()).toBe(names[0]);
    for (let step = 0; step < names.indexOf('echo'); step++) await press('ArrowRight');
    expect(await focused()).toBe('echo');
    await tabTo(() => page.evaluate("document.activeElement.matches('input[type=text]')"));
    await press('ControlOrMeta+A');
    await page.keyboard.type('by hand');
    await press('Enter');
    expect(await verdict(page)).toMatch(/^Done in/);
    expect(await resultTexts(page)).toEqual(['by hand']);
    await tabTo(async () => (await focused()) === 'Copy');
    await press('Enter');
    await page.locator('.copyable:visible', { hasText: 'Copied' }).waitFor();
    await tabTo(async () => (await focused()) === 'Clear');
    await press('Enter');
    expect(await page.locator('#frames li').count()).toBe(0);
    expect(outlines.length).toBeGreaterThan(8);
    expect(new Set(outlines)).toEqual(new Set(['solid']));
  });

  it('announces results, and names every control', async () => {
    page = await demo.open();
    await showTool(page, 'place_order');
    await callTool(page, 'place_order');
    const status = page.getByRole('status').filter({ hasText: 'place_order: Done in' });
    expect(await status.count()).toBe(1);
    for (const tool of ['place_order', 'export_orders', 'current_time']) {
      await showTool(page, tool);
      expect(await page.evaluate(UNNAMED)).toEqual([]);
    }
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual(['nestmcp']);
  });

  it('fits into a width of 360 pixels', async () => {
    page = await demo.open({ viewport: { width: 360, height: 740 } });
    for (const tool of ['echo', 'current_time', 'place_order', 'refund_order']) {
      await showTool(page, tool);
      await callTool(page, tool);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect([tool, width]).toEqual([tool, 360]);
    }
  });

  it('does not move if less motion is preferred', async () => {
    page = await demo.open({ reducedMotion: 'reduce' });
    const duration = "getComputedStyle(document.getElementById('frames-clear')).transitionDuration";
    expect(await page.evaluate(duration)).toBe('0s');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await page.evaluate(duration)).not.toBe('0s');
  });

  it('violates no rule of the content security policy, and throws no error', async () => {
    page = await demo.open();
    expect(demo.complaints).toEqual([]);
  });
});
