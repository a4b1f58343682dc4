// `npm run screenshots`: the pictures of the README.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../helpers/browser.ts';
import { makeSamples } from './make-samples.ts';
import { startSampleServer } from './start-sample-server.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
const VIEWPORT = { width: 1440, height: 900 };

await mkdir(FOLDER, { recursive: true });
await using server = await startSampleServer();
const { translations } = await makeSamples(server.url);
await using browser = await openBrowser();

await take(browser, 'overview', '/', (page) => page.locator('canvas').first().waitFor());
await take(browser, 'overview-dark', '/', (page) => page.locator('canvas').first().waitFor(), 'dark');
await take(browser, 'batches', '/batches', (page) => page.getByText('weekly-summaries').first().waitFor());
await take(browser, 'batch', `/batches/${translations}`, async (page) => {
  await page.locator('.virtual-rows > [role=row]').nth(2).click();
  await page.getByText('Paragraph 3 is about').last().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
});
await take(browser, 'new-batch', '/new', async (page) => {
  await page.getByLabel('Prompts').fill('Describe the sea in one line.\nDescribe the desert in one line.\n');
  await page.getByRole('columnheader', { name: 'Likely' }).waitFor();
});

async function take(
  from: Browser,
  name: string,
  path: string,
  prepare: (page: Page) => Promise<unknown>,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  const { page, problems } = await openPage(from, `${server.url}${path}`, {
    viewport: VIEWPORT,
    colorScheme,
  });
  await prepare(page);
  await page.waitForTimeout(500); // what is drawn last: charts, fonts
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  if (problems.length > 0) throw new Error(`${path}: ${problems.join('\n')}`);
  console.log(`docs/screenshots/${name}.png`);
  await page.context().close();
}
