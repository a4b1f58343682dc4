import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { test } from '../helpers/page-test.ts';
import { chatRequests } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

let server: TestServer;
let job: string;
beforeAll(async () => {
  server = await startTestServer();
  server.local.faults.add({
    kind: 'row_fail',
    customId: 'request-2',
    statusCode: 400,
    code: 'invalid_prompt',
  });
  job = await createJob('a batch whose name is rather long, as those of nightly programs are');
  const isEnded = async () =>
    ((await (await fetch(`${server.url}/api/jobs/${job}`)).json()) as { job: { status: string } }).job;
  await waitFor(isEnded, ({ status }) => status === 'completed');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const PAGES = [
  {
    name: 'overview',
    path: () => '/',
    shows: (page: Page) => page.getByRole('region', { name: 'Statistics' }),
  },
  {
    name: 'batches',
    path: () => '/batches',
    shows: (page: Page) => page.getByText('a batch whose name').first(),
  },
  {
    name: 'batches at the provider',
    path: () => '/batches?source=api',
    shows: (page: Page) => page.getByText('/v1/chat/completions').first(),
  },
  {
    name: 'requests',
    path: () => `/batches/${job}`,
    shows: (page: Page) => page.locator('.virtual-rows > [role=row]').first(),
  },
  {
    name: 'errors',
    path: () => `/batches/${job}/errors`,
    shows: (page: Page) => page.getByText('invalid_prompt').first(),
  },
  {
    name: 'new batch',
    path: () => '/new',
    shows: (page: Page) => page.getByLabel('Prompts', { exact: true }),
  },
  { name: 'files', path: () => '/files', shows: (page: Page) => page.getByRole('row').nth(1) },
  {
    name: 'settings',
    path: () => '/settings',
    shows: (page: Page) => page.getByRole('heading', { level: 2 }).first(),
  },
];

const WIDTHS = [1440, 1024, 390, 360];

test.concurrent.for(PAGES)(
  '$name: nothing is wrong for axe in either theme, and nothing sticks out',
  async ({ path, shows }, { openPage }) => {
    const { page, problems } = await openPage(`${server.url}${path()}`, { reducedMotion: 'reduce' });
    await shows(page).waitFor();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overhang, `${width} pixels`).toBeLessThanOrEqual(0);
    }
    expect(await findAccessibilityProblems(page), 'light, 360 pixels').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await findAccessibilityProblems(page), 'dark, 1440 pixels').toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await findAccessibilityProblems(page), 'light, 1440 pixels').toEqual([]);
    expect(problems).toEqual([]);
  },
);

test('in French the header fits a phone too', async ({ openPage }) => {
  const options = { locale: 'fr-FR', viewport: { width: 360, height: 800 } };
  const { page } = await openPage(server.url, options);
  await page.getByRole('heading', { name: 'Vue d’ensemble', level: 1 }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

async function createJob(name: string): Promise<string> {
  const body = { endpoint: '/v1/chat/completions', name, requests: chatRequests(5), retry: { attempts: 1 } };
  const answer = await fetch(`${server.url}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return ((await answer.json()) as { job: { id: string } }).job.id;
}
