import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { test as pageTest } from '../helpers/page-test.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** With `openList`; without motion: a colour half way to another is none that anybody reads. */
export const test = pageTest.extend(
  'openList',
  ({ openPage }) =>
    (server: TestServer, search = '') =>
      openPage(`${server.url}/batches${search}`, { reducedMotion: 'reduce' }),
);

export const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
export const namesIn = (page: Page) => page.getByRole('rowheader').getByRole('link').allTextContents();
export const shows = (page: Page, ...wanted: string[]) =>
  waitFor(
    () => namesIn(page),
    (names) => names.length === wanted.length && names.every((name, at) => name === wanted[at]),
  );
export const chips = (page: Page) => page.getByRole('list', { name: 'Filters that are set' });
export const selection = (page: Page) => page.getByRole('region', { name: 'Selected batches' });

/** Confirms exactly this question. */
export async function confirm(page: Page, question: string, action: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: question, exact: true });
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** What a click downloads. */
export async function downloadFrom(page: Page, clicked: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), clicked.click()]);
  return readFile(await download.path(), 'utf8');
}

/** Lets batches have been made one after the other, a minute between each, the last one a minute ago. */
export async function makeOlder(server: TestServer, ids: readonly string[]): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  for (const [index, id] of ids.entries()) {
    const created_at = now - (ids.length - index) * 60;
    await server.db.job.update({ where: { id }, data: { created_at } });
  }
}

/** Batches that ended long ago, from `name 1`, the oldest, on; a minute between each. */
export async function addOld(server: TestServer, count: number): Promise<void> {
  const at = Math.floor(Date.now() / 1000) - 1_000_000;
  const jobs = Array.from({ length: count }, (_, index) => ({
    id: `job_old_${index + 1}`,
    kind: 'job',
    status: 'completed',
    name: `old ${index + 1}`,
    endpoint: '/v1/chat/completions',
    total_requests: 1,
    created_at: at + index * 60,
    finished_at: at + index * 60 + 1,
  }));
  await server.db.job.createMany({ data: jobs });
}
