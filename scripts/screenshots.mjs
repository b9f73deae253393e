// npm run screenshots: the pictures of the demo page in the README, in light and dark. It builds and starts the
// demo, and needs Chromium or Chrome; CHROMIUM_PATH names one.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { env, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SIZE = { width: 1200, height: 850 };
const BROWSERS = [
  env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The port of the README if it is free, or else any. */
async function freePort(wanted = 5071) {
  const server = createServer().listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return freePort(0);
  }
  const { port } = server.address();
  server.close();
  return port;
}

async function startDemo() {
  const { status } = spawnSync(execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) exit(1);
  const port = await freePort();
  const demo = spawn(execPath, ['dist/src/main.js'], {
    cwd: ROOT,
    env: { ...env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(demo.stdout))
    if (line.includes('successfully started')) break;
  demo.stdout.resume();
  const url = `http://localhost:${port}/`;
  // Nest logs that it has started shortly before it listens.
  while (!(await fetch(url).catch(() => undefined))) continue;
  return { demo, url };
}

async function takePicture(browser, url, colorScheme) {
  const page = await browser.newPage({ viewport: SIZE, colorScheme });
  await page.goto(url);
  await page.getByText('Connected to').waitFor();
  await page.getByRole('radio', { name: 'Streamable HTTP' }).check();
  await page.getByText('Connected to').waitFor();
  await page.getByRole('tab', { name: 'export_orders' }).click();
  await page.getByRole('spinbutton', { name: 'count' }).fill('6');
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: 'Call export_orders' }).click();
  await page.locator('.verdict').waitFor();
  const path = `docs/images/demo-${colorScheme}.png`;
  await page.screenshot({ path: `${ROOT}${path}` });
  await page.close();
  console.log(`wrote ${path}`);
}

const executablePath = BROWSERS.find((path) => path && existsSync(path));
if (executablePath === undefined) {
  console.error('No Chromium or Chrome found; CHROMIUM_PATH names one.');
  exit(1);
}
const { demo, url } = await startDemo();
const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] });
try {
  for (const scheme of ['light', 'dark']) await takePicture(browser, url, scheme);
} finally {
  await browser.close();
  demo.kill();
}
