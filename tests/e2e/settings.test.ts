import { expect } from 'vitest';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { test } from '../helpers/page-test.ts';
import { createJob } from '../helpers/jobs.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

test('the provider is named, whether it is ready and has a key, and never the key', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/settings`);
  await page.getByText('OpenAI’s API').waitFor();
  await page.getByText('Ready', { exact: true }).waitFor();
  await page.getByText(server.local.url, { exact: true }).waitFor();
  await page.getByText('Set', { exact: true }).waitFor();
  expect(await page.content()).not.toContain(server.local.apiKey);

  server.local.faults.add({ kind: 'insufficient_quota', on: 'batches.create', times: 1 });
  await createJob(server, 1);
  await page.getByText('Paused since').waitFor();
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('Ready', { exact: true }).waitFor();
  expect(problems).toEqual([]);
});

test('with the local provider the page says how to use OpenAI', async ({ openPage }) => {
  await using server = await startTestServer({ env: { OPENAI_API_KEY: '', PROVIDER: 'local' } });
  const { page } = await openPage(`${server.url}/settings`);
  await page.getByText('Not needed').waitFor();
  await page.getByRole('heading', { name: 'To run batches at OpenAI' }).waitFor();
  expect(await page.getByRole('button', { name: 'Copy OPENAI_API_KEY=sk-…' }).count()).toBe(1);
});

test('the limit of a model is set, changed and forgotten', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/settings/limits`);
  await page.getByRole('heading', { name: 'No limits yet' }).waitFor();
  await page.getByRole('button', { name: 'Set a limit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a limit' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Name the model.').waitFor();
  await dialog.getByLabel('Model').fill('gpt-4o-mini');
  await dialog.getByLabel('Input tokens at once').fill('1.5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Enter a whole number above zero.').waitFor();
  await dialog.getByLabel('Input tokens at once').fill('2 000 000');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row', { name: /gpt-4o-mini/ });
  await row.getByText('2,000,000').waitFor();
  await row.getByRole('button', { name: 'Change' }).click();
  const change = page.getByRole('dialog', { name: 'Limit of gpt-4o-mini' });
  expect(await change.getByLabel('Input tokens at once').inputValue()).toBe('2,000,000');
  await change.getByLabel('Input tokens at once').fill('90000');
  await change.getByRole('button', { name: 'Save' }).click();
  await row.getByText('90,000').waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await row.getByRole('button', { name: 'Forget' }).click();
  await page.getByText('The limit of gpt-4o-mini is forgotten.').waitFor();
  await page.getByRole('heading', { name: 'No limits yet' }).waitFor();
  expect(problems).toEqual([]);
});

test('language, theme, time zone and refresh hold at once, and after a reload', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/settings/display`);
  await page.getByLabel('Theme').selectOption({ label: 'Dark' });
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.getByLabel('Refresh').selectOption({ label: 'Every 1 min' });
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  const options = { dateStyle: 'medium', timeZone: 'Asia/Tokyo' } as const;
  await page.getByText(`It is ${new Intl.DateTimeFormat('en-GB', options).format(Date.now())}`).waitFor();
  await page.getByLabel('Language').selectOption({ label: 'Français' });
  await page.getByRole('heading', { name: 'Affichage' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Affichage' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  expect(await page.getByLabel('Thème').inputValue()).toBe('dark');
  expect(await page.getByLabel('Fuseau horaire').inputValue()).toBe('Asia/Tokyo');
  expect(await page.getByLabel('Actualisation').inputValue()).toBe('60');
  expect(problems).toEqual([]);
});

test('the browser is asked for notifications when they are wanted, and its no is said', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const { page } = await openPage(`${server.url}/settings/display`);
  const box = page.getByLabel('Tell me when a batch ends');
  await page.context().grantPermissions(['notifications']);
  await page.reload();
  expect(await box.isChecked()).toBe(false);
  await box.check();
  await page.reload();
  expect(await box.isChecked()).toBe(true);
  await box.uncheck();

  await page.context().clearPermissions();
  await page.reload();
  await page.evaluate(() => {
    Notification.requestPermission = async () => 'denied';
  });
  await box.click();
  await page.getByText('The browser refuses notifications of this page.').waitFor();
  await waitFor(
    () => box.isChecked(),
    (isOn) => !isOn,
  );
});

const PARTS = ['provider', 'limits', 'display'] as const;

test.for([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'settings are as axe wants them in the %s theme at %i pixels',
  async ([theme, width], { openPage }) => {
    await using server = await startTestServer();
    const options = { colorScheme: theme, viewport: { width, height: 900 } };
    const { page, problems } = await openPage(`${server.url}/settings`, options);
    for (const part of PARTS) {
      await page.goto(`${server.url}/settings/${part}`);
      await page.getByText(/Restart the server|No limits yet|For this browser only/).waitFor();
      expect(await findAccessibilityProblems(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    expect(problems).toEqual([]);
  },
);
