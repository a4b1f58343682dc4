import type { Job } from '@batchdesk/shared';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { test } from '../helpers/page-test.ts';
import { callJobs } from '../helpers/jobs.ts';
import { chatRequests } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';
const endless = { durations: { ...AT_ONCE, inProgressMs: 600_000 } };

/** Until what was asked for is there; all of it together has to fit into a test. */
const SOON = { timeout: 15_000 };

test('the first visit says what a batch is, and the sample shows one', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(server.url);
  await page.getByRole('heading', { name: 'No batches yet' }).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Try a sample batch' }).click();
  await page.waitForURL(/\/batches\/job_/);
  const { data } = await callJobs<{ data: Job[] }>(server, '');
  expect(data).toMatchObject([{ name: 'Sample', counts: { total: 3 } }]);
  expect(problems).toEqual([]);
});

test('totals, what is under way and what needs attention are on one page, as they change', async ({
  openPage,
}) => {
  await using server = await startTestServer({ provider: endless });
  const metadata = { batch_name: 'slow one' };
  await createRestClient(server.url).create({ endpoint, requests: chatRequests(7), metadata });
  const { page, problems } = await openPage(server.url);
  const underWay = page.getByRole('region', { name: 'Under way' });
  await underWay.getByRole('row', { name: /slow one.*In progress/ }).waitFor();
  await page.getByRole('region', { name: 'Statistics' }).getByText('7', { exact: true }).waitFor();
  await page.getByText('Nothing needs attention.').waitFor();
  await drawn(page);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  expect(problems).toEqual([]);
});

test('the address of the user guide shows it, too', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page } = await openPage(`${server.url}/batch-api.html`);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await expect.poll(() => page.title(), SOON).toBe('Overview · Batchdesk');
});

test('a batch with failed requests is named, and leads to its errors', async ({ openPage }) => {
  await using server = await startTestServer();
  for (const customId of ['request-1', 'request-3']) server.local.faults.add({ kind: 'row_fail', customId });
  await createRestClient(server.url).create({
    endpoint,
    requests: chatRequests(4),
    metadata: { batch_name: 'halves' },
  });
  const { page } = await openPage(server.url);
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await attention.getByRole('listitem').waitFor();
  expect(await attention.getByRole('listitem').innerText()).toContain('has 2 requests of 4 without success');
  await attention.getByRole('link', { name: 'Errors: halves' }).click();
  await page.waitForURL(/\/batches\/job_\w+\/errors/);
});

test('charts are read by keyboard, as a table, as CSV and as a picture', async ({ openPage }) => {
  await using server = await startTestServer();
  await answerSix(server);
  const { page, problems } = await openPage(`${server.url}/?range=7d`);
  const chart = await drawn(page);
  await expect.poll(() => chart.getAttribute('aria-valuetext'), SOON).toContain('Succeeded 6, Failed 0');
  await chart.focus();
  await chart.press('ArrowLeft');
  await expect.poll(() => chart.getAttribute('aria-valuetext'), SOON).toContain('Succeeded 0, Failed 0');

  const csv = await readFile(await download(page, 'Download CSV'), 'utf8');
  expect(csv).toMatch(
    /^Day \(UTC\),Succeeded,Failed\r\n(\d{4}-\d\d-\d\d,0,0\r\n){6}\d{4}-\d\d-\d\d,6,0\r\n$/,
  );
  const png = await readFile(await download(page, 'Download PNG'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');

  const table = page.getByRole('table', { name: 'Requests' });
  await expect.poll(() => table.getByRole('row').count(), SOON).toBe(8);
  await openMenu(page);
  await page.getByRole('menuitem', { name: 'Show as table' }).click();
  await page.getByRole('region', { name: 'Requests' }).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: '12 months' }).click();
  await page.waitForURL(/\?range=12m$/);
  await expect.poll(() => table.getByRole('row').count(), SOON).toBe(13);
  expect(problems).toEqual([]);
});

test('charts take the colours of the theme, and no more room than there is', async ({ openPage }) => {
  await using server = await startTestServer();
  await answerSix(server);
  const { page } = await openPage(server.url, {
    colorScheme: 'light',
    viewport: { width: 1440, height: 900 },
  });
  const chart = await drawn(page);
  await expect.poll(() => chart.getAttribute('aria-valuetext'), SOON).toContain('Succeeded 6, Failed 0');
  const colours = () =>
    page
      .locator('canvas')
      .first()
      .evaluate((canvas: any) => canvas.toDataURL() as string);
  const light = await colours();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(colours, SOON).not.toBe(light);
  await page.setViewportSize({ width: 360, height: 800 });
  const overflow = () => page.locator('html').evaluate((html: any) => html.scrollWidth - html.clientWidth);
  await expect.poll(overflow, SOON).toBe(0);
});

/** Has six requests answered, and counted. */
async function answerSix(server: TestServer): Promise<void> {
  const client = createRestClient(server.url);
  await client.create({ endpoint, requests: chatRequests(6) });
  await waitFor(client.stats, (stats) => stats.request_counts.completed === 6);
}

/** The chart of requests, once it is there. */
async function drawn(page: Page) {
  await page.locator('canvas').first().waitFor();
  return page.getByRole('slider', { name: 'Requests' });
}

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Chart “Requests”: more' }).click();
}

/** Answers where what was downloaded is. */
async function download(page: Page, item: string): Promise<string> {
  await openMenu(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return file.path();
}
