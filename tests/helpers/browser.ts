import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Works as root and without a graphics card, and asks nobody on the network for anything. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long something may take to be on the page. */
const WAIT_MS = 30_000;

/** The system's browser; `npm test` says where it is. */
export async function openBrowser(): Promise<Browser & AsyncDisposable> {
  const executablePath = process.env['BATCHDESK_TEST_BROWSER'];
  if (!executablePath) throw new Error('No browser is known: run the tests with `npm test`.');
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  return Object.assign(browser, { [Symbol.asyncDispose]: () => browser.close() });
}

/** A page, and what went wrong in it. */
export interface OpenPage {
  page: Page;
  /** Errors of the console and of scripts, violations of the content security policy included. */
  problems: string[];
}

/** Opens an address in a browser of its own: no cookies, no memory. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  // Sooner than the test's own: what was waited for is told then.
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url);
  return { page, problems };
}

/** What axe finds wrong with a page, one line each. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
