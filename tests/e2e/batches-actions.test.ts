import { expect } from 'vitest';
import { createJob, getJob, mixedRequests, runJob, untilEnded } from '../helpers/jobs.ts';
import { parseLines } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { once } from './batch-page.ts';
import { confirm, downloadFrom, makeOlder, row, selection, shows, test } from './list-page.ts';

const endless = { durations: { ...AT_ONCE, inProgressMs: 600_000 } };

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
