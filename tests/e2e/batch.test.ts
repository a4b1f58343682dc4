import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { createRestJobClient } from '../api/job-clients.ts';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { createJob, getJob, mixedRequests, runJob, untilEnded } from '../helpers/jobs.ts';
import { parseLines } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient } from '../local-provider/helpers.ts';
import { OF_MENU, detail, once, row, test } from './batch-page.ts';

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('link', { name });
const head = (page: Page, state: string) => page.locator('.batch-facts').getByText(state, { exact: true });

test.concurrent('a batch is watched to its end without a reload, and its provider’s id finds it', async ({
  openBatch,
}) => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'batch_stuck', status: 'in_progress' },
    { kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'bad_prompt' },
  );
  const id = await createJob(server, 3, { name: 'watched', ...once });
  const { page, problems } = await openBatch(server, id);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await head(page, 'In progress').waitFor();
  await timeline.locator('[aria-current=step]').filter({ hasText: 'In progress' }).waitFor();
  await page.getByRole('button', { name: 'Cancel batch' }).waitFor();
  await page.getByText('expires in').waitFor();
  await row(page, 'request-2').getByText('Submitted').waitFor();
  expect(await tab(page, 'Errors').count()).toBe(0);
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));

  server.local.faults.release();
  await head(page, 'Completed, 1 failed').waitFor();
  await page.getByRole('button', { name: 'Retry 1 request' }).waitFor();
  await timeline.getByRole('listitem').filter({ hasText: 'Completed' }).waitFor();
  expect(await timeline.locator('[aria-current=step]').count()).toBe(0);
  const progress = page.getByRole('region', { name: 'Progress' });
  await progress.getByText('100% done').waitFor();
  const legend = await progress.getByRole('listitem').allInnerTexts();
  expect(legend.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual(['Succeeded 2', 'Failed 1']);
  await row(page, 'request-2').getByText('bad_prompt').waitFor();
  await row(page, 'request-3').getByText('Succeeded').waitFor();
  await tab(page, 'Errors').waitFor();
  expect(await page.getByRole('button', { name: 'Cancel batch' }).count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, 'isTheSame'))).toBe(true);

  const { job } = await getJob(server, id);
  await page.goto(`${server.url}/batches/${job.batch_ids[0]}/activity`);
  await page.waitForURL(`${server.url}/batches/${id}/activity`);
  await page.getByText('It ended: each request has its outcome.').waitFor();
  expect(problems).toEqual([]);
});

test.concurrent('errors are grouped, and one group alone is sent again', async ({ openBatch }) => {
  await using server = await startTestServer();
  const failure = { kind: 'row_fail', code: 'server_error', times: 1 } as const;
  server.local.faults.add(
    { ...failure, customId: 'request-1', statusCode: 500 },
    { ...failure, customId: 'request-2', statusCode: 503, message: 'Too busy.' },
    { ...failure, customId: 'request-3', statusCode: 500 },
  );
  const { job } = await runJob(server, 4, { name: 'with errors', ...once });
  const { page, problems } = await openBatch(server, job.id, '/errors');
  const group = (status: string) => page.getByRole('row').filter({ hasText: `server_error ${status}` });
  expect((await group('500').innerText()).replaceAll(/\s+/g, ' ')).toContain('2 66.7%');
  await group('503').getByText('Too busy.').waitFor();
  await group('503').getByRole('button', { name: 'Retry only these' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send 1 request again?' });
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('1 request goes out again.').first().waitFor();
  await group('503').waitFor({ state: 'detached' });
  await head(page, 'Completed, 2 failed').waitFor();
  expect(await group('500').count()).toBe(1);
  await untilEnded(server, job.id);
  const { data } = await createRestJobClient(server.url).requests(job.id);
  expect(data.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
    ['failed', 1],
    ['succeeded', 2],
    ['failed', 1],
    ['succeeded', 1],
  ]);

  await page.getByRole('button', { name: 'Retry all that failed' }).click();
  await page.getByRole('dialog', { name: 'Send 2 requests again?' }).waitFor();
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('heading', { name: 'Nothing failed' }).waitFor();
  await untilEnded(server, job.id);
  await page.getByRole('link', { name: 'Download results' }).waitFor();
  const { job: ended } = await getJob(server, job.id);
  expect(ended.counts).toMatchObject({ succeeded: 4, failed: 0 });
  // The id that people have copied is still that of the batch, however many there are by now.
  expect([ended.batch_count, ended.batch_id]).toEqual([3, job.batch_ids[0]]);
  await page.locator('.batch-id').getByText(job.batch_ids[0]!).waitFor();
  expect(problems).toEqual([]);
});

test.concurrent('cancelling asks, is seen at once, and is taken back where it does not work', async ({
  openBatch,
}) => {
  const durations = { ...AT_ONCE, inProgressMs: 600_000 };
  await using server = await startTestServer({ provider: { durations } });
  const id = await createJob(server, 2, { name: 'endless' });
  const { page, problems } = await openBatch(server, id);
  const calls = await holdCalls(page, '**/trpc/job.cancel*');
  const cancel = async () => {
    await page.getByRole('button', { name: 'Cancel batch' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel this batch?' });
    await dialog.getByText('What was answered until then is kept and billed.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel batch' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await head(page, 'In progress').waitFor();
  await page.getByRole('button', { name: 'Cancel batch' }).click();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  expect(calls.held).toEqual([]);
  await cancel();
  await head(page, 'Cancelling').waitFor();
  expect(await page.getByRole('button', { name: 'Cancelling…' }).getAttribute('aria-disabled')).toBe('true');
  expect((await getJob(server, id)).job.state).toBe('in_progress');
  expect(problems).toEqual([]);
  const { port } = new URL(server.url);
  await server.stop();
  await calls.letGo();
  await page.getByText('The server could not be reached').first().waitFor();
  await head(page, 'In progress').waitFor();

  await server.restart({ PORT: port });
  await page.reload();
  await cancel();
  await head(page, 'Cancelling').waitFor();
  await calls.letGo();
  await page.getByText('The batch is being cancelled.').waitFor();
  await head(page, 'Cancelled').waitFor();
  await page.getByRole('button', { name: 'Retry 2 requests' }).waitFor();
});

/** Keeps calls of a page from the server until they are let go: a server that is slow to answer. */
async function holdCalls(page: Page, url: string) {
  const held: (() => Promise<void>)[] = [];
  await page.route(url, (route) => void held.push(() => route.continue()));
  return {
    held,
    async letGo() {
      const [call] = await waitFor(
        () => held.splice(0),
        (calls) => calls.length > 0,
      );
      await call!();
    },
  };
}

test.concurrent('each tab shows what it should, and a batch that is deleted is gone', async ({
  openBatch,
}) => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'bad_prompt' });
  const requests = mixedRequests(4, ['gpt-4o-mini', 'gpt-4o']);
  const { job } = await runJob(server, requests, { name: 'of two models', ...once });
  await runJob(server, 1, { name: 'another one' });
  const { page, problems } = await openBatch(server, job.id);
  await tab(page, 'Parts').click();
  for (const [index, model] of ['gpt-4o-mini', 'gpt-4o'].entries()) {
    const part = page.getByRole('row').filter({ has: page.getByText(model, { exact: true }) });
    await part.getByText('Completed').waitFor();
    await part
      .getByRole('rowheader')
      .getByText(String(index + 1), { exact: true })
      .waitFor();
    expect(await part.getByRole('cell').nth(2).innerText()).toBe('2');
  }

  await tab(page, 'Files').click();
  const files = (role: string) =>
    page.getByRole('row').filter({ has: page.getByRole('cell', { name: role, exact: true }) });
  await files('Input').nth(1).waitFor();
  expect([await files('Answers').count(), await files('Errors').count()]).toEqual([2, 1]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    files('Errors')
      .getByRole('link', { name: /^Download / })
      .click(),
  ]);
  expect(parseLines(await readFile(await download.path(), 'utf8'))).toMatchObject([
    { custom_id: 'request-2', response: { status_code: 400 } },
  ]);

  await tab(page, 'Activity').click();
  await page.getByText('It was handed in.').waitFor();
  expect(await page.getByText('The provider took it.').count()).toBe(2);
  await page.getByText('Its results were fetched: 1 succeeded').waitFor();

  await tab(page, 'Code').click();
  const create = page.getByRole('region', { name: 'Create one like this' });
  await create.getByText(`curl '${server.url}/api/jobs'`).waitFor();
  await page.getByRole('button', { name: 'Python' }).click();
  await page.waitForURL(/\/code\?language=python$/);
  await create.getByText('requests.post(').waitFor();
  await page.getByRole('region', { name: 'Download its results' }).getByText(job.id).waitFor();

  await tab(page, 'Raw').click();
  const raw = page.getByRole('region', { name: 'This batch, as Batchdesk keeps it' });
  expect(JSON.parse(await raw.innerText())).toMatchObject({ job: { id: job.id, name: 'of two models' } });
  const parts = page.getByRole('region', { name: 'The parts, as the provider describes them' });
  const described = JSON.parse(await parts.innerText()) as { id: string }[];
  expect(described.map(({ id }) => id).toSorted()).toEqual(job.batch_ids.toSorted());

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete of two models?' });
  await dialog.getByRole('checkbox', { name: 'Also delete its files at the provider' }).check();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('of two models was deleted.').waitFor();
  await page.getByRole('heading', { name: 'Batches', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'another one' }).waitFor();
  expect(await page.getByRole('link', { name: 'of two models' }).count()).toBe(0);
  expect((await createClient(server.local).files.list()).data).toHaveLength(2);
  expect(problems).toEqual([]);
  await page.goBack();
  await page.getByRole('heading', { name: 'There is no such batch' }).waitFor();
});

test.concurrent.for([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'each tab is as axe wants it in the %s theme at %i pixels',
  async ([colorScheme, width], { openPage }) => {
    await using server = await startTestServer();
    server.local.faults.add({ kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'bad_prompt' });
    const requests = mixedRequests(4, ['gpt-4o-mini', 'gpt-4o']);
    const { job } = await runJob(server, requests, { name: 'of two models', ...once });
    const options = { colorScheme, viewport: { width, height: 900 } };
    const { page, problems } = await openPage(`${server.url}/batches/${job.id}`, options);
    const look = async (shown: Locator) => {
      await shown.waitFor();
      const found = await findAccessibilityProblems(page);
      expect(found.filter((problem) => problem !== OF_MENU)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    };
    await look(row(page, 'request-4'));
    await row(page, 'request-2').click();
    await look(detail(page, 'Answer').getByText('bad_prompt'));
    await tab(page, 'Errors').click();
    await look(page.getByRole('button', { name: 'Retry only these' }));
    await tab(page, 'Parts').click();
    await look(page.getByText('gpt-4o', { exact: true }).last());
    await tab(page, 'Files').click();
    await look(page.locator('.batch-file-name').first());
    await tab(page, 'Activity').click();
    await look(page.getByText('It was handed in.'));
    await tab(page, 'Code').click();
    await look(page.getByRole('region', { name: 'Follow this batch' }));
    await tab(page, 'Raw').click();
    await look(page.getByRole('region', { name: 'The parts, as the provider describes them' }));
    await page.getByRole('button', { name: 'More actions' }).click();
    await look(page.getByRole('menuitem', { name: 'Delete…' }));
    expect(problems).toEqual([]);
  },
);
