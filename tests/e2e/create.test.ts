import type { Route } from 'playwright-core';
import { expect } from 'vitest';
import { create as en } from '../../apps/web/src/i18n/en/create.ts';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { countCalls, countsOf, createJob, getJob, resultIds } from '../helpers/jobs.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient } from '../local-provider/helpers.ts';
import {
  beyondRefusals,
  choose,
  drop,
  findJob,
  heading,
  isFocused,
  line,
  menu,
  nameOf,
  prompts,
  seen,
  send,
  test,
  tabTo,
  untilFocused,
} from './create-page.ts';

test.concurrent('prompts become a batch with all that it is told, and the form is empty afterwards', async ({
  openPage,
  shared,
}) => {
  const { page, problems } = await openPage(`${shared.url}/new`);
  await prompts(page).fill('Where is Paris?\n\nWhere is Oslo?');
  await page.getByRole('region', { name: 'Estimate' }).getByText('2 requests').waitFor();
  expect(await isFocused(prompts(page))).toBe(true);
  await page.getByLabel('System prompt').fill('Be {brief}.');
  await nameOf(page).fill('Places');
  await page.locator('summary').click();
  await page.getByLabel('Longest answer').fill('20');
  await page.getByRole('button', { name: 'Add a pair' }).click();
  expect(await isFocused(page.getByLabel('Key of pair 1'))).toBe(true);
  await page.getByLabel('Key of pair 1').fill('team');
  await page.getByLabel('Value of pair 1').fill('maps é');
  await page.getByLabel('Attempts').fill('2');
  await page.getByLabel('Expired before they were answered').uncheck();
  await page.getByLabel('Only these codes').fill('rate_limited 500');
  await page.getByLabel('Budget').fill('1.5');
  await send(page).click();
  await page.getByText('Places was handed in.').waitFor();
  await heading(page, 'Places').waitFor();
  await seen(page, 'Completed');

  const { job, sent } = await findJob(shared, 'Places');
  expect(job).toMatchObject({
    metadata: { team: 'maps é' },
    retry: { attempts: 2, outcomes: ['failed', 'missing'], codes: ['rate_limited', '500'] },
    budget: { limit: 1.5 },
    counts: { total: 2, succeeded: 2 },
  });
  const messages = (content: string) => [
    { role: 'system', content: 'Be {brief}.' },
    { role: 'user', content },
  ];
  const limit = { max_completion_tokens: 20 };
  expect(sent).toMatchObject([
    { custom_id: 'request-1', body: { ...limit, messages: messages('Where is Paris?') } },
    { custom_id: 'request-2', body: { ...limit, messages: messages('Where is Oslo?') } },
  ]);

  await page.goBack();
  await heading(page, 'New batch').waitFor();
  expect([await prompts(page).inputValue(), await nameOf(page).inputValue()]).toEqual(['', '']);
  await page.reload();
  await prompts(page).waitFor();
  expect([await prompts(page).inputValue(), await nameOf(page).inputValue()]).toEqual(['', '']);
  await page.locator('summary').click();
  expect(await page.getByLabel('Key of pair 1').count()).toBe(0);
  expect(await page.getByLabel('Budget').inputValue()).toBe('');
  expect(problems).toEqual([]);
});

test.concurrent('CSV that is dropped on another page becomes requests as the preview shows them', async ({
  openPage,
  shared,
}) => {
  const { page, problems } = await openPage(`${shared.url}/batches`);
  await heading(page, 'Batches').waitFor();
  const rows = [
    'city,country',
    'Paris,France',
    '"Rio, the city",Brazil',
    'Quito,Ecuador,more',
    'Oslo,Norway',
  ];
  await drop(page, 'cities.csv', [rows.join('\n'), 1]);
  await heading(page, 'New batch').waitFor();
  expect(new URL(page.url()).search).toBe('?mode=csv');
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText('Rio, the city', { exact: true }).waitFor();

  const template = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await template.fill('Is {{city}} in ');
  await page.getByRole('button', { name: 'country', exact: true }).click();
  expect(await isFocused(template)).toBe(true);
  await page.keyboard.type('?');
  await preview.getByText('Is Rio, the city in Brazil?').waitFor();
  await page.locator('summary').click();
  await page.getByLabel('custom_id of each request').fill('{{country}}-{{row}}');
  await preview.getByText('Brazil-2', { exact: true }).waitFor();
  await nameOf(page).fill('Cities');

  await page.getByRole('region', { name: 'Problems' }).getByText('3 cells for 2 columns').waitFor();
  await send(page).click();
  await page.getByRole('button', { name: en.problems.rows_wrong }).waitFor();
  await page.getByLabel('Leave these rows out').check();
  await send(page).click();
  await heading(page, 'Cities').waitFor();
  const { job, sent } = await findJob(shared, 'Cities');
  expect(job.status).toBe('completed');
  expect(sent.map(({ custom_id, body }) => [custom_id, body['messages']])).toEqual([
    ['France-1', [{ role: 'user', content: 'Is Paris in France?' }]],
    ['Brazil-2', [{ role: 'user', content: 'Is Rio, the city in Brazil?' }]],
    ['Norway-4', [{ role: 'user', content: 'Is Oslo in Norway?' }]],
  ]);
  expect(problems).toEqual([]);
});

test.concurrent('a file of 20 MB is on its way while one looks at other pages; it can be cancelled and sent again', async ({
  openPage,
  shared,
}) => {
  const { page, problems } = await openPage(shared.url);
  await heading(page, 'Overview').waitFor();
  const [request] = chatRequests(1);
  const body = {
    model: 'gpt-4o-mini',
    max_tokens: 5,
    messages: [{ role: 'user', content: 'word '.repeat(800) }],
  };
  const piece = toJsonl([{ ...request, custom_id: 'request-#', body }]);
  await drop(page, 'large.jsonl', [piece, 5_000]);
  await page.getByText('large.jsonl', { exact: true }).waitFor();
  await page.getByText('No problems found').waitFor();
  await page.getByText('5,000 of 50,000').waitFor();
  await nameOf(page).fill('Large');

  const network = await page.context().newCDPSession(page);
  const throttle = (uploadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await throttle(1_000_000);
  await send(page).click();
  await page.getByText(en.whySending).waitFor();
  await menu(page, 'Batches').click();
  await heading(page, 'Batches').waitFor();
  const progress = page.getByRole('progressbar', { name: 'Uploading Large' });
  await waitFor(
    () => progress.evaluate((element) => (element as HTMLProgressElement).value),
    (share) => share > 0 && share < 1,
  );
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.goBack();
  await page.getByRole('button', { name: 'Sending…' }).waitFor();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByText('Upload of Large cancelled').waitFor();
  await send(page).waitFor();
  expect(await page.getByText('large.jsonl', { exact: true }).count()).toBe(1);
  expect(await shared.db.job.count({ where: { name: 'Large' } })).toBe(0);

  await menu(page, 'Files').click();
  await heading(page, 'Files').waitFor();
  await throttle(-1);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Large was handed in').waitFor();
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await heading(page, 'Large').waitFor();
  await seen(page, 'Completed');
  const { job } = await findJob(shared, 'Large');
  expect(countsOf({ job })).toEqual({ total: 5_000, succeeded: 5_000 });
  expect(new Set(await resultIds(shared, job.id)).size).toBe(5_000);
  expect(await shared.db.job.count({ where: { name: 'Large' } })).toBe(1);
  await menu(page, 'Batches').click();
  await page.keyboard.press('n');
  await heading(page, 'New batch').waitFor();
  await page.getByText(en.jsonlDrop).waitFor();
  expect(await nameOf(page).inputValue()).toBe('');
  expect(problems).toEqual([]);
});

test.concurrent('requests are written in the editor, mended and sent with the keyboard alone', async ({
  openPage,
  shared,
}) => {
  const { page, problems } = await openPage(`${shared.url}/new`);
  const csv = page.getByRole('link', { name: 'CSV', exact: true });
  await tabTo(page, csv);
  await page.keyboard.press('Enter');
  await page.getByText(en.csvDrop).waitFor();
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).waitFor();
  expect(await isFocused(csv)).toBe(true);
  await tabTo(page, page.getByRole('link', { name: 'Paste or edit' }));
  await page.keyboard.press('Enter');
  const editor = page.getByRole('textbox', { name: 'Requests as JSONL' });
  await editor.waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Insert an example' }));
  await page.keyboard.press('Enter');
  await editor.getByText('Question 2').waitFor();
  await untilFocused(editor);
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('{"custom_id": "request-3"');
  await page.locator('.cm-lint-marker-error').waitFor();
  await tabTo(page, send(page));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: en.problems.lines_wrong }));
  await page.keyboard.press('Enter');
  await tabTo(page, line(page, 3));
  await page.keyboard.press('Enter');
  expect(await isFocused(editor)).toBe(true);
  await page.keyboard.press('Shift+End');
  await page.keyboard.insertText(JSON.stringify(chatRequests(3)[2]));
  await page.locator('.cm-lint-marker-error').waitFor({ state: 'detached' });
  await page.getByText('No problems found').waitFor();
  await tabTo(page, nameOf(page));
  await page.keyboard.type('Written');
  await tabTo(page, send(page));
  await page.keyboard.press('Enter');
  await heading(page, 'Written').waitFor();
  const { job, sent } = await findJob(shared, 'Written');
  expect(sent).toEqual(chatRequests(3));
  expect(countsOf({ job })).toEqual({ total: 3, succeeded: 3 });
  expect(problems).toEqual([]);
});

test.concurrent('a file that the provider has is used; what it refuses leaves the form as it is', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const file = new File([toJsonl(chatRequests(2))], 'before.jsonl');
  const { id } = await createClient(server.local).files.create({ file, purpose: 'batch' });
  const { page, problems } = await openPage(`${server.url}/new?mode=file_id`);
  const field = page.getByLabel('File id');
  await send(page).click();
  await page.getByRole('button', { name: en.problems.fileId_none }).waitFor();
  await untilFocused(field);
  await field.fill('file-nobody');
  await nameOf(page).fill('From a file');
  await send(page).click();
  const alert = page.getByRole('alert');
  await alert.getByText('No file found with id').waitFor();
  server.local.faults.add({ kind: 'insufficient_quota', on: 'files.retrieve', times: 50 });
  await field.fill(id);
  await send(page).click();
  await alert.getByText('out of quota').waitFor();
  expect([await field.inputValue(), await nameOf(page).inputValue()]).toEqual([id, 'From a file']);
  expect(await server.db.job.count()).toBe(0);
  server.local.faults.clear();
  // The server does it, and its answer is lost.
  const loseAnswer = async (route: Route) => {
    await route.fetch();
    await route.abort();
  };
  await page.route('**/trpc/job.create', loseAnswer, { times: 1 });
  await send(page).click();
  await alert.getByText('could not be reached').waitFor();
  await send(page).click();
  await heading(page, 'From a file').waitFor();
  expect(await server.db.job.count()).toBe(1);
  const { job } = await findJob(server, 'From a file');
  expect(countsOf({ job })).toEqual({ total: 2, succeeded: 2 });
  // Since the faults were cleared, that is.
  expect(countCalls(server, 'files.create')).toBe(0);
  expect(beyondRefusals(problems)).toEqual([]);
});

test.concurrent('the same content as before is said, and sent all the same', async ({ openPage, shared }) => {
  const nightly = chatRequests(9).slice(7);
  const before = await createJob(shared, nightly, { name: 'Nightly' });
  const { page, problems } = await openPage(`${shared.url}/new?mode=file`);
  await choose(page, 'other.jsonl', toJsonl(nightly.toReversed()));
  await page.getByText('No problems found').waitFor();
  expect(await page.getByText(en.sameContent).count()).toBe(0);
  await choose(page, 'again.jsonl', toJsonl(nightly));
  await page.getByText(en.sameContent).waitFor();
  const link = page.getByRole('link', { name: 'Nightly', exact: true });
  expect(await link.getAttribute('href')).toBe(`/batches/${before}`);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await nameOf(page).fill('Once more');
  await page.getByRole('button', { name: 'Create all the same' }).click();
  await heading(page, 'Once more').waitFor();
  expect((await findJob(shared, 'Once more')).job.counts.succeeded).toBe(2);
  expect((await getJob(shared, before)).job.name).toBe('Nightly');
  expect(problems).toEqual([]);
});

test.concurrent('a draft stays over a reload and a refusal, and makes one batch in the end', async ({
  openPage,
}) => {
  await using server = await startTestServer({ env: { OPENAI_API_KEY: '', PROVIDER: 'openai' } });
  const { page, problems } = await openPage(`${server.url}/new`);
  await page.getByLabel('Endpoint').selectOption('/v1/responses');
  await prompts(page).fill('One\nTwo');
  await nameOf(page).fill('Patient');
  await page.locator('summary').click();
  await page.getByLabel('Attempts').fill('4');
  const isKept = async () => {
    await page.getByText('2 prompts').waitFor();
    if (!(await page.getByLabel('Attempts').isVisible())) await page.locator('summary').click();
    const fields = [page.getByLabel('Endpoint'), prompts(page), nameOf(page), page.getByLabel('Attempts')];
    expect(await Promise.all(fields.map((field) => field.inputValue()))).toEqual([
      '/v1/responses',
      'One\nTwo',
      'Patient',
      '4',
    ]);
  };
  await page.reload();
  await isKept();
  await send(page).click();
  await page.getByRole('alert').filter({ hasText: 'API key not configured' }).first().waitFor();
  await isKept();
  const card = page.getByRole('region', { name: 'Uploads' }).getByText('Patient was not handed in');
  expect(await card.count()).toBe(0);
  await menu(page, 'Batches').click();
  await card.waitFor();
  await page.goBack();
  await card.waitFor({ state: 'detached' });
  expect(await server.db.job.count()).toBe(0);
  await server.restart({ PORT: new URL(server.url).port, OPENAI_API_KEY: server.local.apiKey });
  await send(page).click();
  await heading(page, 'Patient').waitFor();
  const { job, sent } = await findJob(server, 'Patient');
  expect(job).toMatchObject({ endpoint: '/v1/responses', status: 'completed', retry: { attempts: 4 } });
  expect(sent.map(({ body }) => body.input)).toEqual(['One', 'Two']);
  expect(await server.db.job.count()).toBe(1);
  expect(beyondRefusals(problems).filter((problem) => !problem.includes('ERR_'))).toEqual([]);
});
