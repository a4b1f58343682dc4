import { readFile } from 'node:fs/promises';
import type { BatchRequest } from '@batchdesk/shared';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { requestIds, runJob } from '../helpers/jobs.ts';
import { chatRequests, parseLines } from '../helpers/requests.ts';
import { chatAnswer, resultLine } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient, runBatch } from '../local-provider/helpers.ts';
import { detail, grid, once, row, test } from './batch-page.ts';

function requestsTo(url: string, bodies: object[]): BatchRequest[] {
  return bodies.map((body, index) => ({
    custom_id: `request-${index + 1}`,
    method: 'POST',
    url,
    body: { model: 'a-model', ...body },
  }));
}

/** What the menu item downloads. */
async function downloadFrom(page: Page, item: string): Promise<string> {
  await page.getByRole('button', { name: 'More actions' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

test.concurrent('what was sent and what came back are read side by side, in the form of each endpoint', async ({
  openBatch,
}) => {
  await using server = await startTestServer();
  const { job } = await runJob(server, 3);
  const { page, problems } = await openBatch(server, job.id);
  await row(page, 'request-2').click();
  await detail(page, 'Input').getByText('Question 2').waitFor();
  await detail(page, 'Answer').getByText('no model was called] Question 2').waitFor();
  expect(await detail(page, 'Answer').innerText()).not.toContain('"choices"');
  expect(new URL(page.url()).searchParams.get('request')).toBe('request-2');
  await page.getByRole('checkbox', { name: 'JSON' }).check();
  const shown = detail(page, 'Answer').locator('.long-code');
  expect(JSON.parse((await shown.textContent())!)).toMatchObject({
    custom_id: 'request-2',
    response: { status_code: 200 },
  });
  await detail(page, 'Input').getByText('"messages"').waitFor();
  await page.getByRole('button', { name: 'Next request (j)' }).click();
  await detail(page, 'Input').getByText('Question 3').waitFor();
  await page.keyboard.press('Escape');
  await detail(page, 'Input').waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('');

  const vectors = requestsTo('/v1/embeddings', [{ input: 'A text' }]);
  const { job: embedded } = await runJob(server, vectors, { endpoint: '/v1/embeddings' });
  await page.goto(`${server.url}/batches/${embedded.id}?request=request-1`);
  await detail(page, 'Input').getByText('A text').waitFor();
  await detail(page, 'Answer')
    .getByText(/^Vector of [\d,]+ numbers$/)
    .waitFor();
  const line = await detail(page, 'Answer').locator('.sparkline-line').getAttribute('d');
  expect(line!.split(/[LM]/).length).toBeGreaterThan(100);

  const verdict = {
    flagged: true,
    categories: { hate: true, violence: false },
    category_scores: { hate: 0.91, violence: 0.02 },
  };
  const text = resultLine('request-1', { results: [verdict] });
  server.local.faults.add({ kind: 'row_text', customId: 'request-1', text });
  const texts = requestsTo('/v1/moderations', [{ input: 'Something vile' }, { input: 'Something nice' }]);
  const { job: judged } = await runJob(server, texts, { endpoint: '/v1/moderations' });
  await page.goto(`${server.url}/batches/${judged.id}?request=request-1`);
  await detail(page, 'Answer').getByText('Flagged', { exact: true }).waitFor();
  const categories = await detail(page, 'Answer').locator('.category').allInnerTexts();
  expect(categories.map((category) => category.replaceAll(/\s+/g, ' '))).toEqual([
    'Flagged: hate 0.91',
    'violence 0.02',
  ]);
  await row(page, 'request-2').click();
  await detail(page, 'Answer').getByText('Not flagged').waitFor();
  expect(problems).toEqual([]);
});

test.concurrent('requests are filtered and searched, all in the address, and results are exported', async ({
  openBatch,
}) => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'too_long' },
    { kind: 'row_fail', customId: 'request-4', statusCode: 400, code: 'bad,code', message: 'No, thanks.' },
  );
  const { job } = await runJob(server, 5, { name: 'filtered', ...once });
  const { page, problems } = await openBatch(server, job.id);
  const ids = async () =>
    (await grid(page).locator('.virtual-rows .cell-id').allInnerTexts()).map((id) => id.trim());
  const shows = (wanted: string[]) =>
    waitFor(ids, (shown) => shown.length === wanted.length && shown.every((id, at) => id === wanted[at]));
  await shows(requestIds(5));
  await page.getByRole('button', { name: 'Failed 2' }).click();
  await shows(['request-2', 'request-4']);
  await page.getByLabel('Error code').selectOption({ label: 'bad,code (1)' });
  await shows(['request-4']);
  const { searchParams } = new URL(page.url());
  expect([...searchParams]).toEqual([
    ['outcome', 'failed'],
    ['code', 'bad,code'],
  ]);
  await page.reload();
  await shows(['request-4']);
  expect(await page.getByRole('button', { name: 'Failed 2' }).getAttribute('aria-pressed')).toBe('true');
  expect(await page.getByLabel('Error code').inputValue()).toBe('bad,code');
  await page.goBack();
  await shows(['request-2', 'request-4']);
  await page.getByRole('button', { name: 'All 5' }).click();
  await shows(requestIds(5));

  await page.getByRole('searchbox', { name: 'Search requests' }).fill('QUESTION 3');
  await page.locator('.found').getByText('Found in 1 request', { exact: true }).waitFor();
  expect(await grid(page).locator('mark').allInnerTexts()).toEqual(['Question 3']);
  await page.getByRole('button', { name: 'Id', exact: true }).click();
  await page.waitForURL(/in=input%2Canswer|in=input,answer/);
  await page.reload();
  await row(page, 'request-3').locator('mark').waitFor();
  await page.getByRole('searchbox', { name: 'Search requests' }).fill('nowhere to be found');
  await page.getByRole('heading', { name: '“nowhere to be found” was not found' }).waitFor();
  await page.getByRole('button', { name: 'Show all requests' }).click();
  await shows(requestIds(5));

  const idsIn = (text: string) => parseLines(text).map(({ custom_id }) => custom_id as string);
  expect(idsIn(await downloadFrom(page, 'All results (JSONL)'))).toEqual(requestIds(5));
  expect(idsIn(await downloadFrom(page, 'Answers (JSONL)')).toSorted()).toEqual([
    'request-1',
    'request-3',
    'request-5',
  ]);
  expect(idsIn(await downloadFrom(page, 'Errors (JSONL)')).toSorted()).toEqual(['request-2', 'request-4']);
  const lines = (await downloadFrom(page, 'All results (CSV)')).split('\r\n');
  expect(lines).toHaveLength(7);
  expect(lines[0]).toBe(
    'custom_id,outcome,status_code,content,error_code,error_message,input_tokens,output_tokens',
  );
  expect(lines[4]).toMatch(/^request-4,failed,400,,"bad,code","No, thanks\.",/);
  expect(problems).toEqual([]);
});

test.concurrent('three thousand requests and an answer of a megabyte stay usable', async ({ openBatch }) => {
  await using server = await startTestServer();
  const long = `${'word '.repeat(200_000)}END`;
  const text = resultLine('request-2999', chatAnswer(long));
  server.local.faults.add({ kind: 'row_text', customId: 'request-2999', text });
  const { job } = await runJob(server, 3_000);
  const { page, problems } = await openBatch(server, job.id);
  await row(page, 'request-1').waitFor();
  await grid(page).focus();
  await page.keyboard.press('End');
  await row(page, 'request-3000').waitFor();
  expect(await grid(page).getByRole('row').count()).toBeLessThan(120);
  await detail(page, 'Input').getByText('Question 3000').waitFor();
  await row(page, 'request-2999').click();
  await detail(page, 'Answer').getByText('20,000 of 1,000,003 characters.').waitFor();
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  const shown = detail(page, 'Answer').locator('.long-text');
  await shown.getByText(/END$/).waitFor();
  expect(await shown.evaluate((element) => element.textContent?.length)).toBe(long.length);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await grid(page).evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await row(page, 'request-1500').waitFor();
  await row(page, 'request-1500').click();
  await detail(page, 'Answer').getByText('Question 1500').waitFor();
  expect(problems).toEqual([]);
});

test.concurrent('a batch made elsewhere is read, or says why it cannot be', async ({ openBatch }) => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'too_long' });
  const client = createClient(server.local);
  const { id } = await runBatch(client, chatRequests(3));
  const { page } = await openBatch(server, id);
  await page.waitForURL(/\/batches\/job_/);
  await page.getByText('Made elsewhere').waitFor();
  await row(page, 'request-2').getByText('too_long').waitFor();
  await row(page, 'request-3').click();
  await detail(page, 'Answer').getByText('no model was called] Question 3').waitFor();
  expect(parseLines(await downloadFrom(page, 'All results (JSONL)'))).toHaveLength(3);

  const { id: lost, input_file_id } = await runBatch(client, chatRequests(2));
  await client.files.delete(input_file_id);
  await page.goto(`${server.url}/batches/${lost}`);
  await page.getByRole('alert').filter({ hasText: 'input' }).waitFor();
  await page.goto(`${server.url}/batches/batch_of_nobody`);
  await page.getByRole('heading', { name: 'There is no such batch' }).waitFor();
});
