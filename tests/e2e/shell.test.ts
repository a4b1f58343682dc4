import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { test } from '../helpers/page-test.ts';
import { chatRequests } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';
const endless = { durations: { ...AT_ONCE, inProgressMs: 600_000, cancellingMs: 600_000 } };

const liveChip = (page: Page, state: string) => page.getByRole('button', { name: state, exact: true });

test.concurrent('the keyboard is enough to make a batch, to find it and to leave it', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/batch-api.html`);
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.keyboard.press('n');
  await page.getByRole('heading', { name: 'New batch', level: 1 }).waitFor();
  await page.getByLabel('Prompts', { exact: true }).focus();
  await page.keyboard.type('n is a letter here, and so is ?');
  expect(new URL(page.url()).pathname).toBe('/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).focus();
  await page.keyboard.type('by keyboard');
  await page.getByRole('button', { name: 'Create batch' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'by keyboard', level: 1 }).waitFor();
  await page.getByText('Completed', { exact: true }).first().waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: 'Batches', level: 1 }).waitFor();
  await page.keyboard.press('Shift+?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search or jump to' });
  await palette.getByRole('combobox').waitFor();
  await page.keyboard.type('by key');
  await palette.getByRole('option', { name: /by keyboard/ }).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'by keyboard', level: 1 }).waitFor();
  expect(problems).toEqual([]);
});

test.concurrent('the page speaks the language of the browser, and the one that is chosen', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'insufficient_quota', on: 'files.create', times: 50 });
  const { page } = await openPage(server.url, { locale: 'fr-FR' });
  await page.getByRole('heading', { name: 'Vue d’ensemble', level: 1 }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  const { id } = await createJob(server.url);
  await page.getByText('Le compte n’a plus de quota').first().waitFor();
  await page.goto(`${server.url}/batches/${id}`);
  await page.getByText('En attente').first().waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('English');
  await page.keyboard.press('Enter');
  await page.getByText('The account is out of quota').first().waitFor();
  await page.reload();
  await page.getByText('The account is out of quota').first().waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

test.concurrent('on a phone a prompt can be written', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page } = await openPage(`${server.url}/new`, { viewport: { width: 390, height: 844 } });
  const box = await page.getByLabel('Prompts', { exact: true }).boundingBox();
  expect(box?.width).toBeGreaterThan(300);
  expect(box?.height).toBeGreaterThan(80);
});

test.concurrent('a chosen theme is there before the first paint', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/settings/display`, {
    colorScheme: 'light',
  });
  await page.getByLabel('Theme').selectOption('dark');
  await page.addInitScript(() => {
    document.addEventListener('readystatechange', () => {
      Object.assign(window, {
        firstTheme: Reflect.get(window, 'firstTheme') ?? document.documentElement.dataset['theme'],
      });
    });
  });
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.evaluate(() => Reflect.get(window, 'firstTheme'))).toBe('dark');
  expect(problems).toEqual([]);
});

test.concurrent('where the server asks for a token, people sign in on the page', async ({ openPage }) => {
  const API_TOKEN = 'a-token-for-the-browser';
  await using server = await startTestServer({ env: { API_TOKEN } });
  const { page } = await openPage(server.url);
  await page.getByLabel('API token').fill('wrong-token');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').filter({ hasText: 'not the API token' }).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByLabel('API token').fill(API_TOKEN);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await liveChip(page, 'Live').waitFor();
});

test.concurrent('what a model or a user wrote is text, never HTML', async ({ openPage }) => {
  await using server = await startTestServer();
  const name = '<img src=x onerror="document.title=\'broken\'">';
  server.local.faults.add({
    kind: 'row_fail',
    customId: 'request-1',
    statusCode: 400,
    code: 'bad',
    message: name,
  });
  const requests = chatRequests(2);
  for (const request of requests) request.body['messages'] = [{ role: 'user', content: name }];
  const answer = await createRestClient(server.url).create({
    endpoint,
    requests,
    metadata: { batch_name: name },
  });
  const { page, problems } = await openPage(`${server.url}/batches`);
  await page.getByText(name).first().waitFor();
  await page.goto(`${server.url}/batches/${answer.id}`);
  await page.locator('.virtual-rows > [role=row]').nth(1).click();
  await page.getByText(name).nth(1).waitFor();
  expect(await page.title()).toContain('Batchdesk');
  expect(problems).toEqual([]);
});

test.concurrent('a provider that goes away is said, and so is what goes on when it comes back', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const { page } = await openPage(`${server.url}/batches`);
  // It asks every ten seconds for what no event tells.
  await page.evaluate(() => localStorage.setItem('batchdesk.preferences', '{"refreshSeconds":10}'));
  await page.reload();
  server.local.faults.add({ kind: 'server_error', on: '*', times: 1_000 });
  const { id } = await createJob(server.url);
  // Somebody asks for its list: the provider is known to be away after the third call that fails, whoever makes it.
  const askProvider = () => fetch(`${server.url}/api/batch/list?source=api`);
  await Promise.all([askProvider(), askProvider(), askProvider()]);
  await page.getByText('The provider has not answered since').waitFor({ timeout: 100_000 });
  expect(await findAccessibilityProblems(page)).toEqual([]);
  server.local.faults.clear();
  await askProvider();
  await page.getByText('The provider has not answered since').waitFor({ state: 'detached', timeout: 90_000 });
  await page
    .getByRole('row')
    .filter({ hasText: 'geography' })
    .getByText('Completed')
    .waitFor({ timeout: 60_000 });
  expect(id).toMatch(/^job_/);
}, 180_000);

test.concurrent('a server that goes away leaves what is shown, and the page goes on when it is back', async ({
  openPage,
}) => {
  await using server = await startTestServer({ provider: endless });
  const { id } = await createJob(server.url);
  const { page } = await openPage(`${server.url}/batches`);
  await page.getByText('geography').waitFor();
  await liveChip(page, 'Live').waitFor();
  const { port } = new URL(server.url);
  await server.stop();
  await liveChip(page, 'Offline').waitFor();
  await page.getByText('The server has not answered since').waitFor();
  expect(await page.getByText('geography').count()).toBeGreaterThan(0);
  await server.restart({ PORT: port });
  await liveChip(page, 'Live').waitFor({ timeout: 60_000 });
  await fetch(`${server.url}/api/jobs/${id}/cancel`, { method: 'POST' });
  await page.getByRole('row').getByText('Cancelling').waitFor();
}, 120_000);

test.concurrent('eight tabs are live at once, and stay so when the one with the connection is closed', async ({
  openPage,
}) => {
  await using server = await startTestServer({ provider: endless });
  const first = await createJob(server.url);
  const second = await createJob(server.url);
  const { page } = await openPage(`${server.url}/batches/${first.id}`);
  await liveChip(page, 'Live').waitFor();
  const others: Page[] = [];
  for (let tab = 0; tab < 7; tab += 1) {
    const other = await page.context().newPage();
    await other.goto(`${server.url}/batches/${tab < 4 ? first.id : second.id}`);
    await liveChip(other, 'Live').waitFor();
    others.push(other);
  }
  await fetch(`${server.url}/api/jobs/${first.id}/cancel`, { method: 'POST' });
  for (const other of others.slice(0, 4)) await other.getByText('Cancelling').first().waitFor();
  await page.close();
  for (const other of others) await liveChip(other, 'Live').waitFor();
  await fetch(`${server.url}/api/jobs/${second.id}/cancel`, { method: 'POST' });
  for (const other of others.slice(4)) await other.getByText('Cancelling').first().waitFor();
}, 60_000);

test.concurrent('while the provider is paused the page says why, and tries again when asked', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const later = Math.floor(Date.now() / 1000) + 3_600;
  const pause = { code: 'insufficient_quota', message: 'No quota.', since: later - 7_200, probe_at: later };
  await server.db.providerPause.create({ data: { provider: 'openai', ...pause } });
  const { page, problems } = await openPage(server.url);
  const provider = page.getByRole('region', { name: 'Provider' });
  await provider.getByText('Nothing has been sent to the provider').waitFor();
  await provider.getByRole('button', { name: 'Try now' }).click();
  await waitFor(
    async () => (await server.db.providerPause.findFirst())?.probe_at ?? 0,
    (probe_at) => probe_at < later,
  );
  expect(problems).toEqual([]);
});

test.concurrent('without a key the page says what to do', async ({ openPage }) => {
  await using server = await startTestServer({ env: { OPENAI_API_KEY: '', PROVIDER: 'openai' } });
  const { page } = await openPage(server.url);
  const provider = page.getByRole('region', { name: 'Provider' });
  await provider.getByText('API key not configured').waitFor();
  expect(await provider.innerText()).toContain('OPENAI_API_KEY');
});

test.concurrent('an address that leads nowhere says so', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page } = await openPage(`${server.url}/batches/job_of_nobody`);
  await page.getByText('There is no such batch').waitFor();
  const answer = await page.goto(`${server.url}/nowhere`);
  expect(answer?.status()).toBe(404);
  await page.getByRole('heading', { name: 'There is no such page', level: 1 }).waitFor();
  expect((await fetch(`${server.url}/nowhere`)).headers.get('content-type')).toContain('json');
});

test.concurrent('the description of the API is readable, under the same policy', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/docs`);
  await page.getByText('/api/batch/create').first().waitFor();
  expect(problems).toEqual([]);
});

async function createJob(url: string): Promise<{ id: string }> {
  const answer = await fetch(`${url}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, name: 'geography', requests: chatRequests(2) }),
  });
  return ((await answer.json()) as { job: { id: string } }).job;
}
