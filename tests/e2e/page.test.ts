import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import { findAccessibilityProblems, openBrowser, openPage } from '../helpers/browser.ts';
import { chatRequests } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';
const endless = { durations: { ...AT_ONCE, inProgressMs: 600_000, cancellingMs: 600_000 } };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

test('a batch is created from prompts, watched to its end, and its results are downloaded', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, `${server.url}/batch-api.html`);
  await page.getByText('No batches yet').waitFor();
  await page.getByLabel('Prompts').fill('What is the capital of France?\n\n  \nExplain photosynthesis\n');
  await page.getByText('2 prompts').waitFor();
  await page.getByLabel('Batch name').fill('geography');
  await page.getByRole('button', { name: 'Create batch' }).click();

  const download = page.getByRole('link', { name: /Download results of batch_/ });
  await download.waitFor();
  const row = page.getByRole('row', { name: /geography/ });
  expect(await row.getByText('Completed', { exact: true }).count()).toBe(1);
  const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
  expect(file.suggestedFilename()).toMatch(/^batch_\w+_output\.jsonl$/);
  const lines = (await readFile(await file.path(), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ custom_id }) => String(custom_id)).toSorted()).toEqual(['request-1', 'request-2']);
  expect(JSON.stringify(lines)).toContain('What is the capital of France?');
  expect(await page.getByLabel('Prompts').inputValue()).toBe('');
  expect(problems).toEqual([]);
});

test('the statistics and the provider are there', async () => {
  await using server = await startTestServer();
  await createRestClient(server.url).create({ endpoint, requests: chatRequests(7) });
  const { page } = await openPage(browser, server.url);
  const statistics = page.getByRole('region', { name: 'Statistics' });
  await statistics.getByText('7', { exact: true }).first().waitFor();
  const provider = page.getByRole('region', { name: 'Provider' });
  expect(await provider.innerText()).toContain(server.local.url);
});

test('without a key the page says what to do', async () => {
  await using server = await startTestServer({ env: { OPENAI_API_KEY: '', PROVIDER: 'openai' } });
  const { page } = await openPage(browser, server.url);
  await page.getByText('API key not configured').first().waitFor();
  expect(await page.getByRole('region', { name: 'Provider' }).innerText()).toContain('OPENAI_API_KEY');
});

test('while the provider is paused the page says why, and tries again when asked', async () => {
  await using server = await startTestServer();
  const later = Math.floor(Date.now() / 1000) + 3_600;
  const pause = { code: 'insufficient_quota', message: 'No quota.', since: later - 7_200, probe_at: later };
  await server.db.providerPause.create({ data: { provider: 'openai', ...pause } });
  const { page, problems } = await openPage(browser, server.url);
  const provider = page.getByRole('region', { name: 'Provider' });
  await provider.getByText('Nothing has been sent to the provider').waitFor();
  expect(await provider.innerText()).toContain('The account is out of quota');
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await provider.getByRole('button', { name: 'Try now' }).click();
  await waitFor(
    async () => (await server.db.providerPause.findFirst())?.probe_at ?? 0,
    (probe_at) => probe_at < later,
  );
  expect(problems).toEqual([]);
});

test('a batch is cancelled after a question', async () => {
  await using server = await startTestServer({ provider: endless });
  const { id } = await createRestClient(server.url).create({ endpoint, requests: chatRequests(2) });
  const { page } = await openPage(browser, server.url);
  await page.getByRole('button', { name: `Cancel batch ${id}` }).click();
  await page.getByRole('button', { name: 'Yes, cancel it' }).click();
  await page.getByRole('rowheader').filter({ hasText: id }).waitFor();
  await page.getByRole('row').getByText('Cancelling', { exact: true }).waitFor();
  expect((await createRestClient(server.url).get(id)).batch.status).toBe('cancelling');
});

test('the list is filtered, and says when nothing matches', async () => {
  await using server = await startTestServer({ provider: endless });
  const { id } = await createRestClient(server.url).create({ endpoint, requests: chatRequests(1) });
  const { page } = await openPage(browser, server.url);
  await page.getByRole('rowheader').filter({ hasText: id }).waitFor();
  await page.getByLabel('Status').selectOption('expired');
  await page.getByText('No batch has the status').waitFor();
  await page.getByRole('button', { name: 'Show all batches' }).click();
  await page.getByRole('rowheader').filter({ hasText: id }).waitFor();
});

test('what a model or a user wrote is text, never HTML', async () => {
  await using server = await startTestServer();
  const name = '<img src=x onerror="document.title=\'broken\'">';
  const metadata = { batch_name: name };
  await createRestClient(server.url).create({ endpoint, requests: chatRequests(1), metadata });
  const { page, problems } = await openPage(browser, server.url);
  await page.getByText(name).first().waitFor();
  expect(await page.title()).toBe('Batchdesk');
  expect(problems).toEqual([]);
});

test('an error is said in the language of the page, and the work is kept', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'insufficient_quota', on: 'batches.create', times: 10 });
  const { page } = await openPage(browser, server.url, { locale: 'fr-FR' });
  await page.locator('textarea').fill('Bonjour');
  await page.locator('form button[type=submit]').click();
  await page.getByRole('alert').filter({ hasText: /quota/ }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  expect(await page.locator('textarea').inputValue()).toBe('Bonjour');
});

test('where the server asks for a token, people sign in on the page', async () => {
  const API_TOKEN = 'a-token-for-the-browser';
  await using server = await startTestServer({ env: { API_TOKEN } });
  const { page } = await openPage(browser, server.url);
  await page.getByLabel('API token').fill('wrong-token');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('API token').fill(API_TOKEN);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('No batches yet').waitFor();
});

test('the keyboard is enough to create a batch', async () => {
  await using server = await startTestServer();
  const { page } = await openPage(browser, server.url);
  await page.getByText('No batches yet').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.getByLabel('Prompts').focus();
  await page.keyboard.type('One prompt');
  await page.getByRole('button', { name: 'Create batch' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /Download results of batch_/ }).waitFor();
});

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 360],
] as const)(
  'nothing is wrong for axe in the %s theme at %i pixels, and nothing sticks out',
  async (theme, width) => {
    await using server = await startTestServer();
    const api = createRestClient(server.url);
    server.local.faults.add({ kind: 'batch_token_limit_exceeded' });
    await api.create({ endpoint, requests: chatRequests(1) });
    await api.create({
      endpoint,
      requests: chatRequests(5),
      metadata: { batch_name: 'a name that is rather long' },
    });
    const options = { colorScheme: theme, viewport: { width, height: 900 } };
    const { page, problems } = await openPage(browser, server.url, options);
    await page.getByRole('link', { name: /Download results of batch_/ }).waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(problems).toEqual([]);
  },
);

test('the description of the API is readable, under the same policy', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, `${server.url}/docs`);
  await page.getByText('/api/batch/create').first().waitFor();
  expect(problems).toEqual([]);
});
