import { expect, test } from 'vitest';
import { openBrowser, openPage } from '../helpers/browser.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { appendFileSync } from 'node:fs';
test('focus', async () => {
  await using browser = await openBrowser();
  await using server = await startTestServer();
  const one = async (i: number) => {
    const { page } = await openPage(browser, `${server.url}/new`);
    await page.getByLabel('Prompts', { exact: true }).fill('Where is Paris?\n\nWhere is Oslo?');
    await page.evaluate(() => {
      Object.assign(window, { log: [] });
      const log = Reflect.get(window, 'log');
      new MutationObserver((list) => { for (const m of list) for (const n of m.removedNodes) if (n instanceof HTMLElement && (n.matches('.page, main, .create, .options') )) log.push(n.className + ' removed ' + performance.now()); }).observe(document.body, { childList: true, subtree: true });
      document.addEventListener('focusout', (e) => log.push('out ' + (e.target as HTMLElement).id + (e.target as HTMLElement).ariaLabel + ' ' + performance.now()));
      document.addEventListener('focusin', (e) => log.push('in ' + (e.target as HTMLElement).id + (e.target as HTMLElement).ariaLabel + ' ' + performance.now()));
      document.addEventListener('click', () => log.push('click ' + document.activeElement?.ariaLabel + performance.now()));
    });
    await page.getByLabel('System prompt').fill('Be {brief}.');
    await page.locator('summary').click();
    await page.getByLabel('Longest answer').fill('20');
    await page.waitForTimeout((i * 37) % 900);
    await page.getByRole('button', { name: 'Add a pair' }).click();
    const ok = await page.getByLabel('Key of pair 1').evaluate((e) => document.activeElement === e);
    await page.waitForTimeout(800);
    const removed = await page.evaluate(() => Reflect.get(window, 'log').some((l: string) => l.includes('removed')));
    if (!ok || removed) appendFileSync('/tmp/w/focus.log', i + JSON.stringify(await page.evaluate(() => [Reflect.get(window, 'log'), document.activeElement?.outerHTML.slice(0, 200)]), null, 1) + '\n');
    await page.context().close();
    return ok && !removed;
  };
  const results: boolean[] = [];
  for (let i = 0; i < 18; i += 3) results.push(...(await Promise.all([one(i), one(i + 1), one(i + 2)])));
  expect(results.filter((ok) => !ok).length).toBe(0);
}, 200_000);
