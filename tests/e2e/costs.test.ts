import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatMoney } from '../../apps/web/src/format/money.ts';
import { createRestClient } from '../api/transports.ts';
import { findAccessibilityProblems, openBrowser, openPage } from '../helpers/browser.ts';
import { chatRequests } from '../helpers/requests.ts';
import { resultLine } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

function requestsFor(model: string, count = 2) {
  return chatRequests(count).map((request) =>
    Object.assign(request, { body: Object.assign(request.body, { model }) }),
  );
}

async function createEnded(server: TestServer, page: Page, model = 'gpt-4o-mini'): Promise<string> {
  const { id } = await createRestClient(server.url).create({ endpoint, requests: requestsFor(model) });
  await page.goto(server.url);
  await page.getByRole('link', { name: `Download results of ${id}` }).waitFor();
  return id;
}

const rowOf = (page: Page, model: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: model, exact: true }) });

async function seenAfterRefresh(page: Page, wanted: Locator): Promise<void> {
  const look = async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    return wanted.count();
  };
  await waitFor(look, (count) => count === 1);
}

function jsonFile(content: string) {
  return { name: 'prices.json', mimeType: 'application/json', buffer: Buffer.from(content) };
}

test('what a batch cost and saved is shown when it has ended', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, server.url);
  const id = await createEnded(server, page);
  const { cost } = (await createRestClient(server.url).get(id)).batch;
  const amount = formatMoney(cost!.amount!, 'en');
  const row = page.getByRole('row').filter({ hasText: id });
  expect(cost!.amount).toBeGreaterThan(0);
  expect(await row.innerText()).toContain(amount);
  expect(await row.innerText()).toContain(`saves ${formatMoney(cost!.savings!, 'en')}`);
  const statistics = page.getByRole('region', { name: 'Statistics' });
  await statistics.getByText(amount, { exact: true }).first().waitFor();
  expect(await statistics.innerText()).not.toContain('bills nothing');
  expect(problems).toEqual([]);
});

test('with the local provider the page says that nothing is billed', async () => {
  await using server = await startTestServer({ env: { OPENAI_API_KEY: '', PROVIDER: 'local' } });
  const { page } = await openPage(browser, server.url);
  const statistics = page.getByRole('region', { name: 'Statistics' });
  await statistics.getByText('this is what OpenAI would bill').waitFor();
  await page.getByLabel('Prompts').fill('One prompt');
  await page.getByRole('region', { name: 'Estimate' }).getByText('Nothing is billed').waitFor();
  expect(await statistics.innerText()).toContain('Cost at OpenAI');
});

test('a cost that is known in part says so', async () => {
  await using server = await startTestServer();
  const text = resultLine('request-2', {});
  server.local.faults.add({ kind: 'batch_usage' }, { kind: 'row_text', customId: 'request-2', text });
  const { page } = await openPage(browser, server.url);
  const id = await createEnded(server, page);
  const row = page.getByRole('row').filter({ hasText: id });
  await seenAfterRefresh(page, row.getByText('at least $0.0000'));
});

test('a price that is not known is said, added from there, and the batch is costed', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, server.url);
  const id = await createEnded(server, page, 'my-own-model');
  const row = page.getByRole('row').filter({ hasText: id });
  await row.getByText('Unknown price').waitFor();
  expect(await row.innerText()).not.toContain('$');
  const statistics = page.getByRole('region', { name: 'Statistics' });
  await statistics.getByText('1 batch without a known cost.').waitFor();
  await statistics.getByRole('link', { name: 'Prices' }).click();
  await page.getByRole('button', { name: 'Add a price' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a price' });
  await dialog.getByLabel('Model').fill('my-own-model');
  await dialog.getByLabel('Input', { exact: true }).fill('3');
  await dialog.getByLabel('Output', { exact: true }).fill('ten');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Enter a number, zero or more.').waitFor();
  await dialog.getByLabel('Output', { exact: true }).fill('9,5');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await rowOf(page, 'my-own-model').getByText('$9.50').waitFor();
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await row.getByText('saves').waitFor();
  expect(await page.getByText('without a known cost').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('what a batch would cost is shown before it is sent, and keeps nobody from sending it', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, server.url);
  await page.getByText('No batches yet').waitFor();
  const estimate = page.getByRole('region', { name: 'Estimate' });
  expect(await estimate.count()).toBe(0);
  await page.getByLabel('Prompts').fill('What is the capital of France?\nAnd of Spain?');
  await estimate.getByText('2 requests').waitFor();
  const cells = await estimate.getByRole('row', { name: 'As a batch' }).getByRole('cell').allInnerTexts();
  expect(cells[0]).toMatch(/^\$0\.0000\d+$/);
  await page.getByLabel('Model', { exact: true }).fill('my-own-model');
  await estimate.getByText('No price of my-own-model is known.').waitFor();
  expect(await estimate.getByRole('table').count()).toBe(0);
  await page.getByLabel('Endpoint').selectOption('/v1/embeddings');
  await estimate.getByRole('columnheader', { name: 'Cost' }).waitFor();
  expect(await estimate.getByRole('columnheader').count()).toBe(1);
  await page.getByLabel('Endpoint').selectOption('/v1/chat/completions');
  await page.getByLabel('Model', { exact: true }).fill('my-own-model');
  await estimate.getByText('No price of my-own-model is known.').waitFor();
  await page.getByRole('button', { name: 'Create batch' }).click();
  await page.getByRole('link', { name: /Download results of batch_/ }).waitFor();
  expect(await estimate.count()).toBe(0);
  expect(problems).toEqual([]);
});

test('a long input is estimated when somebody asks for it', async () => {
  await using server = await startTestServer();
  const { page } = await openPage(browser, server.url);
  await page.getByLabel('Prompts').fill(`${'A prompt of some words. '.repeat(25_000)}\nAnother`);
  const estimate = page.getByRole('region', { name: 'Estimate' });
  await estimate.getByRole('button', { name: 'Estimate the cost' }).click();
  await estimate.getByText('2 requests').waitFor();
  expect(await estimate.getByRole('row', { name: 'As a batch' }).innerText()).toMatch(/\$0\.\d+/);
});

test('a built-in price is overridden, batches are costed again, and the price is removed', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, server.url);
  const id = await createEnded(server, page);
  const { cost: before } = (await createRestClient(server.url).get(id)).batch;
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('The built-in prices were read on').waitFor();
  const row = rowOf(page, 'gpt-4o-mini');
  await row.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the price of gpt-4o-mini' });
  expect(await dialog.getByLabel('Input', { exact: true }).inputValue()).toBe('0.15');
  await dialog.getByLabel('Input', { exact: true }).fill('0.3');
  await dialog.getByLabel('Cached input').fill('0.15');
  await dialog.getByLabel('Output', { exact: true }).fill('1.2');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Own').waitFor();

  await page.getByRole('button', { name: 'Cost again…' }).click();
  const question = page.getByRole('dialog', { name: 'Cost batches again?' });
  await question.getByRole('button', { name: 'Cost again' }).click();
  await page.getByText('1 batch was costed again; 1 costs something else now.').first().waitFor();
  const { cost: after } = (await createRestClient(server.url).get(id)).batch;
  expect(after!.amount).toBeCloseTo(2 * before!.amount!, 9);

  await row.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await row.getByText('Built in').waitFor();
  expect(await row.innerText()).toContain('$0.15');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('prices');
  expect(problems).toEqual([]);
});

test('prices are exported and imported again, after a look at what changes', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, `${server.url}/#prices`);
  const choose = page.getByRole('button', { name: 'Import prices' });
  const dialog = page.getByRole('dialog', { name: 'Import prices' });
  const list = [
    { model: 'gpt-4o', input: 2, cached_input: 1, output: 9.5 },
    { model: 'my-own-model', input: 0.01275, output: 1, effective_from: '2026-11-01' },
  ];
  await choose.click();
  await dialog.getByLabel('File', { exact: true }).setInputFiles(jsonFile(JSON.stringify(list)));
  await dialog.getByText('2 prices change:').waitFor();
  expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringContaining('Changed gpt-4o'),
    expect.stringContaining('Added my-own-model'),
  ]);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await page.getByText('2 prices were imported.').first().waitFor();
  await rowOf(page, 'my-own-model').getByText('$0.01275').waitFor();

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export as JSON' }).click(),
  ]);
  const exported = await readFile(await file.path(), 'utf8');
  expect(file.suggestedFilename()).toBe('batchdesk-prices.json');
  await choose.click();
  await dialog.getByLabel('File', { exact: true }).setInputFiles(jsonFile(exported));
  await dialog.getByText('Nothing changes.').waitFor();
  await dialog.getByLabel('File', { exact: true }).setInputFiles(jsonFile(JSON.stringify(list.slice(1))));
  await dialog.getByLabel('Remove my prices that are not in the file').check();
  await dialog.getByText('Removed').waitFor();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await rowOf(page, 'gpt-4o').getByText('Built in').waitFor();

  await choose.click();
  await dialog.getByLabel('File', { exact: true }).setInputFiles(jsonFile(exported));
  await dialog.getByRole('button', { name: 'Import' }).click();
  await rowOf(page, 'gpt-4o').getByText('Own').waitFor();
  expect(problems).toEqual([]);
});

test('a file that cannot be imported is refused by naming what is wrong in it', async () => {
  await using server = await startTestServer();
  const { page } = await openPage(browser, `${server.url}/#prices`);
  await page.getByRole('button', { name: 'Import prices' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import prices' });
  const file = dialog.getByLabel('File', { exact: true });
  await file.setInputFiles(jsonFile('{"prices": ['));
  await dialog.getByText('This file is not JSON.').waitFor();
  await file.setInputFiles(jsonFile('[{"model":"a","input":1,"output":1},{"input":1}]'));
  await dialog.getByText('Price 2 of the file names no model.').waitFor();
  await file.setInputFiles(
    jsonFile('[{"model":"a","input":1,"output":1},{"model":"b","input":-1,"output":1}]'),
  );
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog.getByRole('alert').getByText('Price 2 of the file (b), input').waitFor();
  await file.setInputFiles(
    jsonFile(
      '[{"model":"a","input":1,"output":1},{"model":"gpt-4o","input":9,"output":9,"source":"built_in"}]',
    ),
  );
  await dialog.getByText('2 prices change:').waitFor();
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog.getByRole('alert').getByText('Price 2 of the file (gpt-4o), source').waitFor();
  await page.keyboard.press('Escape');
  expect(await rowOf(page, 'a').count()).toBe(0);
});

test('the month’s budget holds what would pass it, says so, and lets it go when it is raised', async () => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(browser, `${server.url}/#budget`);
  await page.getByText('There is no budget.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter an amount above zero.').waitFor();
  await page.getByLabel('Limit (US dollars)').fill('0.000001');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The budget is saved.').first().waitFor();
  const answer = await fetch(`${server.url}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, requests: chatRequests(3) }),
  });
  expect(answer.status).toBeLessThan(300);
  await page.goto(server.url);
  const notice = page.getByRole('region', { name: 'Budget of each month' }).getByText('This month’s budget');
  await seenAfterRefresh(page, notice);
  await page.getByText('1 batch is held.').first().waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('link', { name: 'Change the budget' }).click();
  await page.getByLabel('Limit (US dollars)').fill('10');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Within the budget.').waitFor();
  expect(await notice.count()).toBe(0);
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await seenAfterRefresh(page, page.getByRole('link', { name: /Download results of batch_/ }));
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Remove the budget' }).click();
  await page.getByText('There is no budget any more.').first().waitFor();
  expect(problems).toEqual([]);
});

test('costs and settings are there in French', async () => {
  await using server = await startTestServer();
  const { page } = await openPage(browser, server.url, { locale: 'fr-FR' });
  await page.getByLabel('Prompts').fill('Bonjour');
  const estimate = page.getByRole('region', { name: 'Estimation' });
  await estimate.getByText('1 requête').waitFor();
  expect(await estimate.getByRole('row', { name: 'En batch' }).innerText()).toMatch(/0,0000\d+\s\$US/);
  await page.getByRole('link', { name: 'Réglages' }).click();
  await page.getByText('Les prix intégrés ont été relevés le').waitFor();
  expect(await rowOf(page, 'gpt-4o-mini').innerText()).toMatch(/0,075\s\$US/);
  expect(await page.title()).toBe('Réglages – Batchdesk');
  await rowOf(page, 'gpt-4o-mini').getByRole('button', { name: 'Modifier' }).click();
  expect(await page.getByLabel('Entrée', { exact: true }).inputValue()).toBe('0,15');
});

test('the keyboard is enough for the settings, and the focus stays where people are', async () => {
  await using server = await startTestServer();
  const { page } = await openPage(browser, server.url);
  const focused = () =>
    page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
  await page.getByRole('link', { name: 'Settings' }).focus();
  await page.keyboard.press('Enter');
  await waitFor(focused, (id) => id === 'settings');
  await page.getByRole('button', { name: 'Add a price' }).focus();
  await page.keyboard.press('Enter');
  await waitFor(focused, (id) => id === 'price-model');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await waitFor(focused, (name) => name === 'Add a price');
  await page.keyboard.press('Enter');
  await waitFor(focused, (id) => id === 'price-model');
  await page.keyboard.type('typed-model');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await rowOf(page, 'typed-model').waitFor();
  await waitFor(focused, (id) => id === 'prices');
});

const LOOKS = [
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 360],
] as const;

test.each(LOOKS)('costs are as axe wants them in the %s theme at %i pixels', async (theme, width) => {
  await using server = await startTestServer();
  const options = { colorScheme: theme, viewport: { width, height: 900 } };
  const { page, problems } = await openPage(browser, server.url, options);
  await createEnded(server, page);
  await createEnded(server, page, 'my-own-model');
  await page.getByLabel('Prompts').fill('One prompt');
  await page.getByRole('region', { name: 'Estimate' }).getByText('1 request').waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  expect(problems).toEqual([]);
});

test.each(LOOKS)('settings are as axe wants them in the %s theme at %i pixels', async (theme, width) => {
  await using server = await startTestServer();
  const options = { colorScheme: theme, viewport: { width, height: 900 } };
  const { page, problems } = await openPage(browser, `${server.url}/#settings`, options);
  await rowOf(page, 'gpt-4o-mini').waitFor();
  await page.getByLabel('Limit (US dollars)').fill('5');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Within the budget.').waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  expect(problems).toEqual([]);
});

test.each([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'the questions of the settings are as axe wants them in the %s theme at %i pixels',
  async (theme, width) => {
    await using server = await startTestServer();
    const options = { colorScheme: theme, viewport: { width, height: 900 } };
    const { page, problems } = await openPage(browser, `${server.url}/#prices`, options);
    for (const name of ['Add a price', 'Import prices', 'Cost again…']) {
      await page.getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor();
      expect(await findAccessibilityProblems(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    expect(problems).toEqual([]);
  },
);
