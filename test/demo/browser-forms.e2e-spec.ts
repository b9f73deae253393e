import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/app/browser.js';
import { DemoPage } from '../support/app/demo-page.js';

const SCHEMA = {
  type: 'object',
  required: ['text', 'flag', 'list', 'nested', 'referenced'],
  properties: {
    text: { type: 'string', description: 'Some <b>text</b>', maxLength: 5 },
    optional: { type: 'string' },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    price: { type: ['number', 'null'] },
    flag: { type: 'boolean' },
    maybe: { type: 'boolean' },
    choice: { enum: ['one', 2, true] },
    day: { type: 'string', format: 'date' },
    at: { type: 'string', format: 'date-time' },
    list: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 3 },
    nested: {
      type: 'object',
      required: ['street'],
      properties: {
        street: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' } },
      },
    },
    referenced: { $ref: '#/$defs/Place' },
    nullable: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    anything: {},
  },
  $defs: {
    Place: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
  },
};
const VALUES = {
  text: 'abc',
  optional: 'given',
  count: 3,
  price: 1.5,
  flag: true,
  maybe: false,
  choice: 2,
  day: '2026-11-29',
  at: '2026-11-29T10:20:00.000Z',
  list: [1, 2],
  nested: { street: 'Main Street 1', tags: ['a', 'b'] },
  referenced: { city: 'Bern' },
  nullable: 'set',
  anything: { free: [null] },
};
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';

describeInBrowser('a form that is made from a schema', () => {
  let demo: DemoPage;
  let page: Page;

  beforeAll(async () => {
    demo = await DemoPage.start();
    page = await demo.open();
  }, 30_000);

  afterAll(() => demo?.close());

  beforeEach(async () => {
    await page.evaluate(`import('/page/ui/fields.js').then(({ fieldOf }) => {
      const schema = ${JSON.stringify(SCHEMA)};
      globalThis.made = fieldOf({ schema, root: schema, label: 'made', isRequired: true });
      document.querySelector('main').replaceChildren(made.element);
    })`);
  });

  const field = (name: string) => page.getByLabel(new RegExp(`^${name}( \\*)?$`));
  const read = () => page.evaluate<Record<string, unknown>>('made.read()');

  it('returns what it was filled with, for every type', async () => {
    await page.evaluate(`made.fill(${JSON.stringify(VALUES)})`);
    expect(await read()).toEqual(VALUES);
  });

  it('leaves out what is optional and empty, and nothing that is required', async () => {
    expect(await read()).toEqual({
      text: '',
      flag: false,
      list: [],
      nested: { street: '' },
      referenced: { city: '' },
    });
  });

  it.each([
    ['text', 'text'],
    ['count', 'number'],
    ['price', 'number'],
    ['flag', 'checkbox'],
    ['day', 'date'],
    ['at', 'datetime-local'],
    ['maybe', 'select-one'],
    ['choice', 'select-one'],
    ['nullable', 'text'],
    ['anything', 'textarea'],
  ])('has for %s a control of type %s', async (name, type) => {
    const id = await field(name).getAttribute('id');
    expect(await page.evaluate(`document.getElementById('${id}').type`)).toBe(type);
  });

  it('marks what is required, and describes each field as text', async () => {
    expect(await field('text').getAttribute('aria-required')).toBe('true');
    expect(await field('optional').getAttribute('aria-required')).toBeNull();
    const help = await field('text').getAttribute('aria-describedby');
    expect(await page.locator(`#${help}`).textContent()).toBe(
      'Some <b>text</b> · at most 5 characters',
    );
    const range = await field('count').getAttribute('aria-describedby');
    expect(await page.locator(`#${range}`).textContent()).toBe('1 to 9');
  });

  it('adds and removes entries of a list, and moves the focus', async () => {
    await page.getByRole('button', { name: 'Add to list' }).click();
    await page.keyboard.type('7');
    await page.getByRole('button', { name: 'Add to list' }).click();
    await page.keyboard.type('8');
    expect((await read())['list']).toEqual([7, 8]);
    await page.getByRole('button', { name: 'Remove entry 1 of list' }).click();
    expect((await read())['list']).toEqual([8]);
    expect(await page.locator(':focus').textContent()).toBe('Add to list');
    expect(await page.getByRole('button', { name: 'Remove entry 1 of list' }).count()).toBe(1);
  });

  const show = (outcome: object) =>
    page.evaluate(`import('/page/ui/result.js').then(({ resultView }) =>
      document.querySelector('main').replaceChildren(resultView(${JSON.stringify(outcome)})))`);

  describe('a result', () => {
    it('is shown with all kinds of content', async () => {
      const content = [
        { type: 'text', text: '{"a":1}' },
        { type: 'text', text: '<b>bold</b>' },
        { type: 'image', mimeType: 'image/png', data: PIXEL },
        { type: 'audio', mimeType: 'audio/wav', data: SILENCE },
        { type: 'resource_link', name: 'orders.csv', uri: 'file:///orders.csv' },
        { type: 'resource', resource: { uri: 'file:///a.txt', text: 'inside' } },
        { type: 'unknown', value: 1 },
      ];
      await show({ result: { content, structuredContent: { b: 2 } }, ms: 5 });
      expect(await page.locator('.verdict').textContent()).toBe('Done in 5 ms');
      expect(await page.locator('main pre').allTextContents()).toEqual([
        '{\n  "a": 1\n}',
        '<b>bold</b>',
        'orders.csv\nfile:///orders.csv',
        'inside',
        '{\n  "type": "unknown",\n  "value": 1\n}',
        '{\n  "b": 2\n}',
      ]);
      await page.waitForFunction("document.querySelector('main img').naturalWidth === 1");
      expect(await page.locator('main audio').getAttribute('src')).toContain('data:audio/wav');
    });

    it('is shown once if the text is the structured content', async () => {
      const content = [{ type: 'text', text: '{"b":2}' }];
      await show({ result: { content, structuredContent: { b: 2 } }, ms: 5 });
      expect(await page.locator('main pre').allTextContents()).toEqual(['{\n  "b": 2\n}']);
    });

    it('is an error with its code if the request was refused', async () => {
      await show({ error: { message: 'Unknown tool', code: -32602 }, ms: 5 });
      expect(await page.locator('main').textContent()).toBe('No result:Unknown tool (code -32602)');
    });
  });

  it('violates no rule of the content security policy, and throws no error', () => {
    expect(demo.complaints).toEqual([]);
  });
});
