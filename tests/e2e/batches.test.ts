import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { createJob, mixedRequests, runJob, untilEnded } from '../helpers/jobs.ts';
import { chatRequests } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient, runBatch } from '../local-provider/helpers.ts';
import { OF_MENU, once } from './batch-page.ts';
import { addOld, chips, downloadFrom, makeOlder, namesIn, row, selection, shows, test } from './list-page.ts';

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
