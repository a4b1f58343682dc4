import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { test as base } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import type { OpenPage } from './browser.ts';

/** Opens an address in a page that is closed when its test ends. */
export type OpenPageOfTest = (url: string, options?: BrowserContextOptions) => Promise<OpenPage>;

/** Vitest's `test` with `openPage`: one browser a file, and of a test that fails what its pages showed. */
export const test = base
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    const browser = await openBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('openPage', async ({ browser, task }, { onCleanup }): Promise<OpenPageOfTest> => {
    const pages: Page[] = [];
    onCleanup(async () => {
      const shown = pages.filter((page) => !page.isClosed());
      if (task.result?.state === 'fail')
        for (const page of shown) await tell(task.name, page).catch(console.error);
      await Promise.all(pages.map((page) => page.context().close()));
    });
    return async (url, options) => {
      const opened = await openPage(browser, url, options);
      pages.push(opened.page);
      return opened;
    };
  });

/** Says what is in a page, whose server may have ended meanwhile: a test that failed elsewhere leaves nothing else to see. */
async function tell(name: string, page: Page): Promise<void> {
  const text = await page.locator('body').ariaSnapshot();
  console.error(`The page of “${name}” at ${page.url()}:\n${text}`);
}
