import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import request from 'supertest';
import { startDemo } from '../support/app/demo-process.js';

const PUBLIC = 'src/page/public';
const FILES = readdirSync(PUBLIC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(PUBLIC.length + 1));
const read = (file: string): string => readFileSync(join(PUBLIC, file), 'utf8');
const INDEX = read('index.html');

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

describe('the page of the demo', () => {
  let app: INestApplication;

  beforeAll(async () => {
    ({ app } = await startDemo());
  });

  afterAll(() => app.close());

  const get = (path: string) => request(app.getHttpServer()).get(path);

  it('allows its own files, and no other script, style or connection', async () => {
    const { text, headers } = await get('/').expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const policy = headers['content-security-policy'] ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "connect-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(text).toBe(INDEX);
    expect(text).toContain("new EventSource('/clock')");
    expect(text).toMatch(/<pre id="output"/);
  });

  it.each(FILES)('serves %s with its type', async (file) => {
    const { headers, body, text } = await get(`/page/${file}`).expect(200);
    expect(headers['content-type']).toBe(TYPES[file.split('.').at(-1) ?? '']);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(Buffer.isBuffer(body) ? body.toString('utf8') : text).toBe(read(file));
  });

  it.each([
    '/page/missing.js',
    '/page/ui/missing.js',
    '/page/..%2fpage.controller.ts',
    '/page/ui/..%2f..%2f..%2fpage.controller.ts',
    '/page/%2e%2e/page.controller.ts',
    '/page/constructor',
  ])('has no file at %s', async (path) => {
    await get(path).expect(404);
  });

  it('shows the source of the tools and their DTOs as it is written', async () => {
    const { body } = await get('/page/sources').expect(200);
    const shown = body as readonly { path: string; text: string }[];
    expect(shown.map(({ path }) => path)).toEqual([
      'src/clock/clock.tools.ts',
      'src/echo/echo.tools.ts',
      'src/orders/order.tools.ts',
      'src/orders/place-order.dto.ts',
      'src/orders/placed-order.dto.ts',
    ]);
    for (const { path, text } of shown) expect(text).toBe(readFileSync(path, 'utf8'));
  });
});

describe('the files of the page', () => {
  it('load nothing from another host, and have nothing inline', () => {
    const loads = [...INDEX.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, path = '']) => path);
    expect(loads).toEqual(expect.arrayContaining(['/page/app.js', '/page/styles/base.css']));
    for (const path of loads) expect(FILES).toContain(path.replace(/^\/page\//, ''));
    expect(INDEX).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|\sstyle=/);
  });

  it.each(FILES.filter((file) => file.endsWith('.js')))('%s imports modules that exist', (file) => {
    for (const [, path = ''] of read(file).matchAll(/from '([^']+)'/g)) {
      expect(path).toMatch(/^\.\.?\//);
      expect(FILES).toContain(join(file, '..', path));
    }
  });

  it.each(FILES)('%s has at most 300 lines', (file) => {
    expect(read(file).split('\n').length).toBeLessThanOrEqual(300);
  });

  it.each(FILES.filter((file) => file.endsWith('.js')))(
    '%s creates no markup from text',
    (file) => {
      expect(read(file)).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/,
      );
    },
  );
});
