import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import { findAccessibilityProblems, openBrowser, openPage } from '../helpers/browser.ts';
import { chatRequests } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';

const endpoint = '/v1/chat/completions';
const endless = { durations: { ...AT_ONCE, inProgressMs: 600_000, cancellingMs: 600_000 } };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test.concurrent('batches are found by an address, new ones wait, and several are cancelled after an exact question', async () => {
  await using server = await startTestServer({ provider: endless });
  const client = createRestClient(server.url);
  const create = (name: string) =>
    client.create({ endpoint, requests: chatRequests(3), metadata: { batch_name: name, team: 'shop' } });
  for (const name of ['one', 'two']) await create(name);
  const { page, problems } = await openPage(browser, `${server.url}/batches?metadata=team%3Dshop`);
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  await link('one').waitFor();
  await page.getByRole('button', { name: 'Remove the filter Metadata: team=shop' }).waitFor();

  await create('three');
  await page.getByRole('button', { name: 'Show 1 new batch' }).waitFor();
  expect(await link('three').count()).toBe(0);
  await page.getByRole('button', { name: 'Show 1 new batch' }).click();
  await link('three').waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('tw');
  await page.waitForURL(/q=tw/);
  await link('one').waitFor({ state: 'detached' });
  await page.goBack();
  await link('one').waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('');

  await page.getByRole('checkbox', { name: 'Select one' }).check();
  await page.getByRole('checkbox', { name: 'Select two' }).check();
  const selection = page.getByRole('region', { name: 'Selected batches' });
  await selection.getByRole('button', { name: 'Cancel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel 2 batches with 6 requests still open?' });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Cancel 2 batches' }).click();
  await page.getByText('2 batches are being cancelled.').waitFor();
  await page.getByRole('link', { name: 'Cancelling 2' }).click();
  await link('three').waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('state')).toBe('cancelling');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByText('2 batches are being cancelled.').waitFor({ state: 'detached' });
  expect(await findAccessibilityProblems(page)).toEqual([]);
  expect(problems).toEqual([]);
});

test.concurrent('what the provider lists leads to what is here, and an empty list to a first batch', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, `${server.url}/batches`);
  await page.getByRole('button', { name: 'Try a sample batch' }).waitFor();
  const { id } = await createRestClient(server.url).create({ endpoint, requests: chatRequests(2) });
  await page.getByRole('link', { name: 'At the provider' }).click();
  await page.getByRole('link', { name: id, exact: true }).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.goto(`${server.url}/batches?q=nowhere`);
  await page.getByText('These filters are set: “nowhere”.').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page.getByRole('checkbox', { name: `Select ${id}` }).waitFor();
  expect(problems).toEqual([]);
});
