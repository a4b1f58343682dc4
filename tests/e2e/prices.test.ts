import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { test } from '../helpers/page-test.ts';
import { runToEnd } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const LIST = [
  { model: 'gpt-4o', input: 2, cached_input: 1, output: 9.5 },
  { model: 'my-own-model', input: 0.01275, output: 1, effective_from: '2026-11-01' },
];

const rowOf = (page: Page, model: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: model, exact: true }) });

const focusOf = (page: Page) =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);

function jsonFile(content: unknown) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { name: 'prices.json', mimeType: 'application/json', buffer: Buffer.from(text) };
}

test('a built-in price is overridden, batches are costed again, the price is removed', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const id = await runToEnd(server, 2);
  const { page, problems } = await openPage(`${server.url}/settings/prices`);
  const client = createRestClient(server.url);
  const amount = async () => (await client.get(id)).batch.cost!.amount!;
  const before = await amount();
  const row = rowOf(page, 'gpt-4o-mini');
  await row.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the price of gpt-4o-mini' });
  expect(await dialog.getByLabel('Input', { exact: true }).inputValue()).toBe('0.15');
  await dialog.getByLabel('Input', { exact: true }).fill('0.3');
  await dialog.getByLabel('Cached input').fill('0.15');
  await dialog.getByLabel('Output', { exact: true }).fill('1,2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Own').waitFor();

  await page.getByRole('button', { name: 'Cost again…' }).click();
  const question = page.getByRole('dialog', { name: 'Cost batches again?' });
  await question.getByRole('button', { name: 'Cost again' }).click();
  await page.getByText('1 batch was costed again; 1 costs something else now.').waitFor();
  expect(await amount()).toBeCloseTo(2 * before, 9);

  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await row.getByText('Built in').waitFor();
  expect(await row.innerText()).toContain('$0.15');
  await waitFor(
    () => focusOf(page),
    (focused) => focused === 'settings-part',
  );
  expect(problems).toEqual([]);
});

test('a price is added with the keyboard alone, and the focus stays where people are', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/settings`);
  const untilFocus = (wanted: string) =>
    waitFor(
      () => focusOf(page),
      (name) => name === wanted,
    );
  await page.getByRole('link', { name: 'Prices' }).focus();
  await page.keyboard.press('Enter');
  const add = page.getByRole('button', { name: 'Add a price' });
  await add.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add a price' });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await untilFocus('Add a price');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Model').fill('my-own-model');
  await page.keyboard.press('Enter');
  await dialog.getByText('Enter a number, zero or more.').first().waitFor();
  await untilFocus('price-input');
  await page.keyboard.type('3');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('9,5');
  await page.keyboard.press('Enter');
  await rowOf(page, 'my-own-model').getByText('$9.50').waitFor();
  await page.getByText('The price of my-own-model is saved.').waitFor();
  await untilFocus('Add a price');

  await page.keyboard.press('/');
  await page.keyboard.type('OWN');
  await page.waitForURL(/\/settings\/prices\?q=OWN$/);
  expect(await page.getByRole('rowheader').allInnerTexts()).toEqual(['my-own-model']);
  await page.getByRole('searchbox').fill('nothing like this');
  await page.getByText('No model matches').waitFor();
  expect(problems).toEqual([]);
});

test('prices are exported and imported again, after a look at what changes', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/settings/prices`);
  const dialog = page.getByRole('dialog', { name: 'Import prices' });
  const file = dialog.getByLabel('File', { exact: true });
  const begin = () => page.getByRole('button', { name: 'Import prices' }).click();
  const confirm = () => dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await begin();
  await file.setInputFiles(jsonFile(LIST));
  await dialog.getByText('2 prices change:').waitFor();
  expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringContaining('Changed gpt-4o'),
    expect.stringContaining('Added my-own-model'),
  ]);
  await confirm();
  await page.getByText('2 prices were imported.').waitFor();
  await rowOf(page, 'my-own-model').getByText('$0.01275').waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export as JSON' }).click(),
  ]);
  const exported = await readFile(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toBe('batchdesk-prices.json');
  await begin();
  await file.setInputFiles(jsonFile(exported));
  await dialog.getByText('Nothing changes.').waitFor();
  await file.setInputFiles(jsonFile(LIST.slice(1)));
  await dialog.getByLabel('Remove my prices that are not in the file').check();
  await dialog.getByText('Removed').waitFor();
  await confirm();
  await rowOf(page, 'gpt-4o').getByText('Built in').waitFor();

  await begin();
  await file.setInputFiles(jsonFile(exported));
  await confirm();
  await rowOf(page, 'gpt-4o').getByText('Own').waitFor();
  expect(problems).toEqual([]);
});

test('a file that cannot be imported is refused by naming what is wrong in it', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page } = await openPage(`${server.url}/settings/prices`);
  await page.getByRole('button', { name: 'Import prices' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import prices' });
  const file = dialog.getByLabel('File', { exact: true });
  const confirm = () => dialog.getByRole('button', { name: 'Import', exact: true }).click();
  const good = { model: 'a', input: 1, output: 1 };
  await file.setInputFiles(jsonFile('{"prices": ['));
  await dialog.getByText('This file is not JSON.').waitFor();
  await file.setInputFiles(jsonFile([good, { input: 1 }]));
  await dialog.getByText('Price 2 of the file names no model.').waitFor();
  await file.setInputFiles(jsonFile([good, { model: 'b', input: -1, output: 1 }]));
  await confirm();
  await dialog.getByRole('alert').getByText('Price 2 of the file (b), input').waitFor();
  await file.setInputFiles(jsonFile([good, { model: 'gpt-4o', input: 9, output: 9, source: 'built_in' }]));
  await dialog.getByText('2 prices change:').waitFor();
  await confirm();
  await dialog.getByRole('alert').getByText('Price 2 of the file (gpt-4o), source').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await rowOf(page, 'a').count()).toBe(0);
});

test('prices are there in French', async ({ openPage }) => {
  await using server = await startTestServer();
  const { page } = await openPage(`${server.url}/settings/prices`, { locale: 'fr-FR' });
  await page.getByText('Les prix intégrés ont été relevés le').waitFor();
  expect(await page.title()).toBe('Réglages · Batchdesk');
  const row = rowOf(page, 'gpt-4o-mini');
  expect(await row.innerText()).toMatch(/0,075\s\$US/);
  await row.getByRole('button', { name: 'Modifier' }).click();
  expect(await page.getByLabel('Entrée', { exact: true }).inputValue()).toBe('0,15');
});

test.for([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'prices are as axe wants them in the %s theme at %i pixels',
  async ([theme, width], { openPage }) => {
    await using server = await startTestServer();
    const options = { colorScheme: theme, viewport: { width, height: 900 } };
    const { page, problems } = await openPage(`${server.url}/settings/prices?q=gpt-4o`, options);
    await rowOf(page, 'gpt-4o-mini').waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const name of ['Add a price', 'Import prices', 'Cost again…']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      expect(await findAccessibilityProblems(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(problems).toEqual([]);
  },
);
