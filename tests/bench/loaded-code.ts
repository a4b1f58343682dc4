import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { openPage } from '../helpers/browser.ts';

/** The parts that are allowed more: the editor and the charts. */
const APART = /(editor|charts)-[\w-]+\.js$/;

/** The JavaScript that an address loads, in bytes as gzip has them, by the name of the file. */
export async function readLoadedCode(browser: Browser, url: string): Promise<Map<string, number>> {
  const { page } = await openPage(browser, 'about:blank');
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js')) return;
    sizes.set(
      pathname,
      response.body().then((body) => gzipSync(body, { level: 9 }).length),
    );
  });
  await page.goto(url);
  await page.waitForLoadState('networkidle').catch(() => undefined); // live updates keep a connection open
  await page.locator('h1').waitFor();
  await page.waitForTimeout(1_000);
  const loaded = new Map<string, number>();
  for (const [path, size] of sizes) loaded.set(path, await size);
  await page.context().close();
  return loaded;
}

/** The sum of some of the files, those apart left out. */
export function sumOf(loaded: ReadonlyMap<string, number>, without: ReadonlySet<string> = new Set()): number {
  return [...loaded]
    .filter(([path]) => !APART.test(path) && !without.has(path))
    .reduce((sum, [, bytes]) => sum + bytes, 0);
}
