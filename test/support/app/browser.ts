import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const { CHROMIUM_PATH, REQUIRE_BROWSER } = process.env;

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

// Besides running headless, a test browser connects only to the test's server.
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = (CHROMIUM_PATH ? [CHROMIUM_PATH] : PLACES).find((path) => existsSync(path));

/** `describe`, skipped when no browser is installed. With `REQUIRE_BROWSER`, that is a failure instead. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executablePath !== undefined || REQUIRE_BROWSER) return describe(name, tests);
  process.stderr.write(
    `SKIPPED, no Chromium or Chrome found: ${name}. CHROMIUM_PATH names one, REQUIRE_BROWSER=1 insists.\n`,
  );
  describe.skip(name, tests);
}

export async function launchBrowser(): Promise<Browser> {
  if (executablePath === undefined)
    throw new Error('No Chromium or Chrome found; CHROMIUM_PATH names one');
  return chromium.launch({ executablePath, args: FLAGS });
}
