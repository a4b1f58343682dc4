import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { test as pageTest } from '../helpers/page-test.ts';
import { createJob, getJob, mixedRequests, runJob, untilEnded } from '../helpers/jobs.ts';
import { chatRequests, parseLines } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient, runBatch } from '../local-provider/helpers.ts';
import { OF_MENU, once } from './batch-page.ts';

const endless = { durations: { ...AT_ONCE, inProgressMs: 600_000 } };

const test = pageTest.extend(
  'openList',
  ({ openPage }) =>
    (server: TestServer, search = '') =>
      openPage(`${server.url}/batches${search}`, { reducedMotion: 'reduce' }),
);

const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
const namesIn = (page: Page) => page.getByRole('rowheader').getByRole('link').allTextContents();
const shows = (page: Page, ...wanted: string[]) =>
  waitFor(
    () => namesIn(page),
    (names) => names.length === wanted.length && names.every((name, at) => name === wanted[at]),
  );
const chips = (page: Page) => page.getByRole('list', { name: 'Filters that are set' });
const selection = (page: Page) => page.getByRole('region', { name: 'Selected batches' });

/** Confirms exactly this question. */
async function confirm(page: Page, question: string, action: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: question, exact: true });
  await dialog.getByRole('button', { name: action, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** What a click downloads. */
async function downloadFrom(page: Page, clicked: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), clicked.click()]);
  return readFile(await download.path(), 'utf8');
}

/** Lets batches have been made one after the other, a minute between each, the last one a minute ago. */
async function makeOlder(server: TestServer, ids: readonly string[]): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  for (const [index, id] of ids.entries()) {
    const created_at = now - (ids.length - index) * 60;
    await server.db.job.update({ where: { id }, data: { created_at } });
  }
}

/** Batches that ended long ago, from `name 1`, the oldest, on; a minute between each. */
async function addOld(server: TestServer, count: number): Promise<void> {
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

test.concurrent('a link shows exactly what it names, chips go one by one, and one can go back', async ({
  openList,
}) => {
  await using server = await startTestServer();
  server.local.faults.add({
    kind: 'row_fail',
    customId: 'request-2',
    statusCode: 400,
    code: 'bad',
    times: 1,
  });
  const metadata = { team: 'search' };
  const ended = [
    await runJob(server, 2, { name: 'nightly', metadata, ...once }),
    await runJob(server, 3, { name: 'nightly well', metadata }),
    await runJob(server, mixedRequests(4, ['gpt-4o']), { name: 'nightly large', metadata }),
    await runJob(server, 1, { name: 'nightly alone' }),
    await runJob(server, 5, { name: 'weekly', metadata }),
  ];
  await makeOlder(
    server,
    ended.map(({ job }) => job.id),
  );
  const search = new URLSearchParams({
    state: 'completed',
    model: 'gpt-4o-mini',
    metadata: 'team=search',
    q: 'nightly',
    has_errors: 'true',
  });
  const { page, problems } = await openList(server, `?${search}`);
  await shows(page, 'nightly');
  const tabs = page.getByRole('navigation', { name: 'By status' });
  const current = tabs.locator('[aria-current=page]');
  expect((await current.innerText()).replaceAll(/\s+/g, ' ')).toBe('Completed 1');
  expect(await page.getByRole('searchbox', { name: 'Search batches' }).inputValue()).toBe('nightly');
  expect((await chips(page).getByRole('listitem').allInnerTexts()).map((text) => text.trim())).toEqual([
    'Model: gpt-4o-mini',
    'Metadata: team=search',
    'With failed requests',
  ]);
  const remove = (name: string) =>
    page.getByRole('button', { name: `Remove the filter ${name}`, exact: true }).click();
  await remove('With failed requests');
  await shows(page, 'nightly well', 'nightly');
  await remove('Metadata: team=search');
  await shows(page, 'nightly alone', 'nightly well', 'nightly');
  await remove('Model: gpt-4o-mini');
  await shows(page, 'nightly alone', 'nightly large', 'nightly well', 'nightly');
  await chips(page).waitFor({ state: 'detached' });
  expect([...new URL(page.url()).searchParams]).toEqual([
    ['state', 'completed'],
    ['q', 'nightly'],
  ]);
  await page.goBack();
  await shows(page, 'nightly alone', 'nightly well', 'nightly');
  await page.goForward();
  await shows(page, 'nightly alone', 'nightly large', 'nightly well', 'nightly');

  await page.getByLabel('Sort by').selectOption('Requests');
  await shows(page, 'nightly large', 'nightly well', 'nightly', 'nightly alone');
  await page.getByRole('button', { name: 'Descending. Reverse the order' }).click();
  await shows(page, 'nightly alone', 'nightly', 'nightly well', 'nightly large');
  expect(new URL(page.url()).searchParams.get('sort')).toBe('requests');

  await page.getByRole('searchbox', { name: 'Search batches' }).fill('');
  await page.waitForURL((url) => !url.searchParams.has('q'));
  await waitFor(
    async () => (await tabs.getByRole('link', { name: 'All' }).innerText()).replaceAll(/\s+/g, ' '),
    (text) => text === 'All 5',
  );
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Model', { exact: true }).fill('gpt-4o');
  await page.getByRole('button', { name: 'Apply' }).click();
  await shows(page, 'nightly large');
  const table = await downloadFrom(page, page.getByRole('link', { name: 'Export CSV' }));
  expect(table.split('\r\n')).toHaveLength(3);
  expect(table).toMatch(/\r\njob_[^,]+,nightly large,job,completed,/);
  await tabs.getByRole('link', { name: 'Failed' }).click();
  await page.getByRole('heading', { name: 'No batch matches' }).waitFor();
  await page.getByText('These filters are set: Failed, Model: gpt-4o.').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await shows(page, 'nightly alone', 'nightly', 'nightly well', 'nightly large', 'weekly');
  expect(problems).toEqual([]);
});

test.concurrent('many are shown page by page, none twice; what is new waits, and no row moves', async ({
  openList,
}) => {
  await using server = await startTestServer();
  await addOld(server, 120);
  server.local.faults.add({ kind: 'batch_stuck', status: 'in_progress' });
  const running = await createJob(server, 2, { name: 'running' });
  await makeOlder(server, [running]);
  const { page, problems } = await openList(server);
  await page.getByText('50 batches shown').waitFor();
  const old = (from: number, to: number) =>
    Array.from({ length: from - to + 1 }, (_, index) => `old ${from - index}`);
  expect(await namesIn(page)).toEqual(['running', ...old(120, 72)]);
  await row(page, 'running').getByText('In progress').waitFor();

  await createJob(server, 1, { name: 'newest' });
  const showNew = page.getByRole('button', { name: 'Show 1 new batch' });
  await showNew.waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('100 batches shown').waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('121 batches shown').waitFor();
  expect(await namesIn(page)).toEqual(['running', ...old(120, 1)]);
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);

  await page.evaluate(() => scrollTo(0, 1_200));
  const place = () => row(page, 'old 100').evaluate((element) => element.getBoundingClientRect().top);
  const before = await place();
  server.local.faults.release();
  await untilEnded(server, running);
  await row(page, 'running').getByText('Completed').waitFor();
  await showNew.waitFor();
  expect(await place()).toBe(before);
  expect((await namesIn(page)).slice(0, 2)).toEqual(['running', 'old 120']);
  await showNew.click();
  await page.getByText('50 batches shown').first().waitFor();
  expect(await namesIn(page)).toEqual(['newest', 'running', ...old(120, 73)]);

  await page.getByRole('checkbox', { name: 'Select all that are shown' }).click();
  await selection(page).getByText('50 selected of 122 that match').waitFor();
  await selection(page).getByRole('button', { name: 'Select all 122' }).click();
  await selection(page).getByText('122 selected').waitFor();
  expect(problems).toEqual([]);
});

test.concurrent('several are cancelled, retried, exported and deleted, each after its exact question', async ({
  openList,
}) => {
  await using server = await startTestServer();
  server.local.faults.add({
    kind: 'row_fail',
    customId: 'request-1',
    statusCode: 400,
    code: 'bad',
    times: 1,
  });
  const { job } = await runJob(server, 3, { name: 'ended', ...once });
  server.local.faults.add({ kind: 'batch_stuck', status: 'validating', times: 2 });
  const first = await createJob(server, 2, { name: 'first' });
  const second = await createJob(server, 4, { name: 'second' });
  await makeOlder(server, [job.id, first, second]);
  const { page, problems } = await openList(server);
  await shows(page, 'second', 'first', 'ended');
  for (const name of ['first', 'second']) await row(page, name).getByText('Validating').waitFor();

  await page.getByRole('checkbox', { name: 'Select all that are shown' }).click();
  await selection(page).getByText('3 selected').waitFor();
  await selection(page).getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('1 of the 3 selected has ended or is being cancelled already').waitFor();
  await page.getByText('What is answered by then is kept and billed.').waitFor();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await row(page, 'first').getByText('Validating').waitFor();
  await row(page, 'ended').getByText('Completed, 1 failed').waitFor();
  await selection(page).getByRole('button', { name: 'Cancel' }).click();
  await confirm(page, 'Cancel 2 batches with 6 requests still open?', 'Cancel 2 batches');
  await page.getByText('2 batches are being cancelled.').first().waitFor();
  for (const name of ['first', 'second']) await row(page, name).getByText('Cancelled').waitFor();
  await selection(page).waitFor({ state: 'detached' });

  await row(page, 'ended').getByRole('checkbox').click();
  await selection(page).getByRole('button', { name: 'Retry what failed' }).click();
  await confirm(page, 'Retry 1 request of ended?', 'Retry 1 request');
  await page.getByText('1 batch goes on.').first().waitFor();
  await untilEnded(server, job.id);
  expect((await getJob(server, job.id)).job.counts).toMatchObject({ succeeded: 3, failed: 0 });
  await row(page, 'ended').getByText('Completed').waitFor();

  const table = await downloadFrom(page, selection(page).getByRole('link', { name: 'Export CSV' }));
  expect(table.split('\r\n')).toHaveLength(3);
  expect(table).toContain(`${job.id},ended,job,completed,`);
  // With shift, the rows between are ticked too.
  await row(page, 'second')
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await selection(page).getByText('3 selected').waitFor();
  await row(page, 'first').getByRole('checkbox').click();
  await selection(page).getByRole('button', { name: 'Delete' }).click();
  await confirm(page, 'Delete 2 batches with 7 requests?', 'Delete 2 batches');
  await page.getByText('2 batches were deleted.').first().waitFor();
  await shows(page, 'first');

  await row(page, 'first').getByRole('button', { name: 'Actions for first' }).click();
  const item = (name: string) => page.getByRole('menuitem', { name });
  expect(await item('Cancel…').getAttribute('aria-disabled')).toBe('true');
  expect(await item('Download results (CSV)').getAttribute('aria-disabled')).toBe('true');
  await item('Delete…').click();
  await confirm(page, 'Delete first with 2 requests?', 'Delete 1 batch');
  await page.getByRole('heading', { name: 'No batches yet' }).waitFor();
  await expect(getJob(server, first)).rejects.toThrow('404');
  expect(problems).toEqual([]);
});

test.concurrent('what is done with a row is seen before the server has answered, and is taken back', async ({
  openList,
}) => {
  await using server = await startTestServer({ provider: endless });
  const id = await createJob(server, 2, { name: 'endless' });
  const { page } = await openList(server);
  await row(page, 'endless').getByText('In progress').waitFor();
  const held: (() => Promise<void>)[] = [];
  await page.route('**/trpc/job.cancel*', (route) => void held.push(() => route.continue()));
  await row(page, 'endless').getByRole('button', { name: 'Actions for endless' }).click();
  await page.getByRole('menuitem', { name: 'Cancel…' }).click();
  await confirm(page, 'Cancel endless with 2 requests still open?', 'Cancel 1 batch');
  await row(page, 'endless').getByText('Cancelling').waitFor();
  await page.getByText('Cancelling 1 batch…').first().waitFor();
  expect((await getJob(server, id)).job.state).toBe('in_progress');
  await server.stop();
  await held[0]!();
  await page.getByText('endless: The server could not be reached').first().waitFor();
  await row(page, 'endless').getByText('In progress').waitFor();
  await server.restart();
});

test.concurrent('the keyboard goes through rows and opens one; a row opens to its parts', async ({
  openList,
}) => {
  await using server = await startTestServer();
  const { job: mixed } = await runJob(server, mixedRequests(3, ['gpt-4o-mini', 'gpt-4o']), {
    name: 'of parts',
  });
  const { job } = await runJob(server, 1, { name: 'of one' });
  await makeOlder(server, [mixed.id, job.id]);
  const { page, problems } = await openList(server);
  await shows(page, 'of one', 'of parts');
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('j');
  expect(await focused()).toBe('of one');
  await page.keyboard.press('j');
  expect(await focused()).toBe('of parts');
  await page.keyboard.press('j');
  expect(await focused()).toBe('of parts');
  expect(await row(page, 'of one').getByRole('button', { expanded: false }).count()).toBe(1);
  await row(page, 'of parts').getByRole('button', { name: 'Show its 2 parts' }).click();
  const parts = page.getByRole('list', { name: 'Parts of of parts' }).getByRole('listitem');
  await parts.nth(1).waitFor();
  const texts = (await parts.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
  expect(texts[0]).toMatch(/^batch_\w+ Completed gpt-4o-mini 2 requests$/);
  expect(texts[1]).toMatch(/^batch_\w+ Completed gpt-4o 1 request$/);
  const menu = row(page, 'of one').getByRole('button', { name: 'Actions for of one' });
  await menu.focus();
  await page.keyboard.press('Enter');
  const results = page.getByRole('menuitem', { name: 'Download results (JSONL)' });
  expect(parseLines(await downloadFrom(page, results))).toHaveLength(1);
  await page.keyboard.press('/');
  await page.keyboard.type('of one');
  await page.keyboard.press('Enter');
  await shows(page, 'of one');
  await row(page, 'of one').getByRole('checkbox').focus();
  await page.keyboard.press('j');
  // What was typed a moment ago, and is not looked for yet, keeps nobody here, however long the page takes to come.
  const held: (() => Promise<void>)[] = [];
  await page.route('**/assets/batch-*.js', (route) => void held.push(() => route.continue()));
  await page.getByRole('searchbox', { name: 'Search batches' }).fill('of on');
  await row(page, 'of one').getByRole('link').focus();
  await page.keyboard.press('Enter');
  await waitFor(
    () => held.length,
    (count) => count > 0,
  );
  // A timer that is due after the one of the search: the page runs them in this order.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  await held[0]!();
  await page.waitForURL(`${server.url}/batches/${job.id}`);
  await page.getByRole('heading', { name: 'of one', level: 1 }).waitFor();
  expect(problems).toEqual([]);
});

test.concurrent('the provider’s own list, none yet, and a list that could not be loaded', async ({
  openList,
}) => {
  await using server = await startTestServer();
  const { page } = await openList(server);
  await page.getByRole('heading', { name: 'No batches yet' }).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('link', { name: 'At the provider' }).click();
  await page.waitForURL(/\?source=api$/);
  await page.getByRole('heading', { name: 'The provider lists no batches' }).waitFor();
  const { id } = await runBatch(createClient(server.local), chatRequests(2));
  await page.getByRole('button', { name: 'Reload' }).click();
  await row(page, id).getByText('Completed').waitFor();
  expect(await namesIn(page)).toEqual([id]);

  // However often the page asks: when it goes live it asks again.
  server.local.faults.add({ kind: 'unauthorized', on: 'batches.list', times: 50 });
  await page.reload();
  const failure = page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Try again' }) });
  await failure.waitFor();
  expect(await page.getByRole('rowheader').count()).toBe(0);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  server.local.faults.clear();
  await failure.getByRole('button', { name: 'Try again' }).click();
  await row(page, id).getByRole('link').click();
  await page.waitForURL(/\/batches\/job_/);
});

test.for([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'the list is as axe wants it in the %s theme at %i pixels',
  async ([colorScheme, width], { openPage }) => {
    await using server = await startTestServer();
    await addOld(server, 6);
    const name = 'a batch whose name is rather long, as those of nightly programs are';
    const { job } = await runJob(server, mixedRequests(3, ['gpt-4o-mini', 'gpt-4o']), { name });
    await makeOlder(server, [job.id]);
    const options = { colorScheme, viewport: { width, height: 900 } };
    const search = '?metadata=a-long-key%3Da-long-value&has_errors=true';
    const { page, problems } = await openPage(`${server.url}/batches`, options);
    const look = async (shown: Locator) => {
      await shown.waitFor();
      const found = await findAccessibilityProblems(page);
      expect(found.filter((problem) => problem !== OF_MENU)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    };
    await page.getByRole('button', { name: 'Show its 2 parts' }).click();
    await page.getByRole('list', { name: `Parts of ${name}` }).waitFor();
    await page.getByRole('checkbox', { name: `Select ${name}` }).click();
    await createJob(server, 1);
    await page.getByRole('button', { name: 'Show 1 new batch' }).waitFor();
    await look(selection(page));
    await selection(page).getByRole('button', { name: 'Delete' }).click();
    await look(page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Actions for old 6' }).click();
    await look(page.getByRole('menuitem', { name: 'Delete…' }));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await look(page.getByRole('button', { name: 'Apply' }));
    await page.goto(`${server.url}/batches${search}`);
    await look(page.getByRole('heading', { name: 'No batch matches' }));
    expect(problems).toEqual([]);
  },
);
