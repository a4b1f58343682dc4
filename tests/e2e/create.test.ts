import type { Job } from '@batchdesk/shared';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { create as en } from '../../apps/web/src/i18n/en/create.ts';
import { create as fr } from '../../apps/web/src/i18n/fr/create.ts';
import { findAccessibilityProblems, openBrowser, openPage } from '../helpers/browser.ts';
import { callJobs, countCalls, countsOf, createJob, getJob, resultIds, untilEnded } from '../helpers/jobs.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient } from '../local-provider/helpers.ts';

vi.setConfig({ testTimeout: 60_000 });

let browser: Browser;
/** Where what is handed in can be told apart by its name; content is a test's own too. */
let shared: TestServer;
beforeAll(async () => {
  browser = await openBrowser();
  shared = await startTestServer();
});
afterAll(async () => {
  await browser.close();
  await shared[Symbol.asyncDispose]();
});

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1, exact: true });
const prompts = (page: Page) => page.getByLabel('Prompts', { exact: true });
const nameOf = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });
const send = (page: Page) => page.getByRole('button', { name: 'Create batch', exact: true });
const menu = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
const line = (page: Page, number: number) => page.getByRole('button', { name: `Line ${number} ` });
const seen = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();

const isFocused = (locator: Locator) =>
  locator.evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element);

const untilFocused = (locator: Locator) =>
  waitFor(
    () => isFocused(locator),
    (focused) => focused,
  );

/** A refusal is a line in the browser's console, too. */
const beyondRefusals = (problems: string[]) =>
  problems.filter((problem) => !problem.startsWith('Failed to load resource'));

/** Drops files of some names, with a request in each. */
async function dropAll(page: Page, names: readonly string[]): Promise<void> {
  const [request] = chatRequests(1);
  const dataTransfer = await page.evaluateHandle(
    ([all, text]) => {
      const transfer = new DataTransfer();
      for (const name of all) transfer.items.add(new File([text], name));
      return transfer;
    },
    [names, toJsonl([request])] as const,
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer, bubbles: true, cancelable: true });
}

/** Drops a file on the page as a person does. `content` is made in the page: a large one need not travel. */
async function drop(page: Page, name: string, [piece, count]: [piece: string, count: number]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, text, times]) => {
      const pieces = Array.from({ length: times }, (_, index) => text.replace('#', String(index + 1)));
      const transfer = new DataTransfer();
      transfer.items.add(new File(pieces, fileName));
      return transfer;
    },
    [name, piece, count] as const,
  );
  const event = { dataTransfer, bubbles: true, cancelable: true };
  await page.dispatchEvent('main', 'dragover', event);
  await page.getByText('Drop a .jsonl or .csv file').waitFor();
  await page.dispatchEvent('main', 'drop', event);
}

async function choose(page: Page, name: string, content: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
}

/** Goes on with the tab key until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await isFocused(target)) return;
  }
  throw new Error('The tab key does not lead there.');
}

/** The job of a name, and what was sent for it. */
async function findJob(server: TestServer, name: string): Promise<{ job: Job; sent: any[] }> {
  const { id } = await server.db.job.findFirstOrThrow({ where: { name } });
  const { job } = await untilEnded(server, id);
  const { data } = await callJobs<{ data: { input: any }[] }>(server, `/${id}/requests?include=input`);
  return { job, sent: data.map(({ input }) => input) };
}

test.concurrent('prompts become a batch with all that it is told, and the form is empty afterwards', async () => {
  const { page, problems } = await openPage(browser, `${shared.url}/new`);
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

test.concurrent('CSV that is dropped on another page becomes requests as the preview shows them', async () => {
  const { page, problems } = await openPage(browser, `${shared.url}/batches`);
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
  expect(sent.map(({ custom_id, body }) => [custom_id, body.messages[0].content])).toEqual([
    ['France-1', 'Is Paris in France?'],
    ['Brazil-2', 'Is Rio, the city in Brazil?'],
    ['Norway-4', 'Is Oslo in Norway?'],
  ]);
  expect(problems).toEqual([]);
});

test.concurrent('a file of 20 MB is on its way while one looks at other pages; it can be cancelled and sent again', async () => {
  const { page, problems } = await openPage(browser, shared.url);
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

test.concurrent('each problem of a file is listed and shown, and nothing is sent until they are mended', async () => {
  const { page, problems } = await openPage(browser, `${shared.url}/new?mode=file`);
  const good = toJsonl(chatRequests(2));
  const [first] = chatRequests(1);
  const embedding = { ...first, custom_id: 'other', url: '/v1/embeddings', body: { model: 'm', input: 'x' } };
  await choose(page, 'broken.jsonl', `${good}{"custom_id": broken\n${toJsonl([first, embedding])}`);
  const list = page.getByRole('region', { name: 'Problems' });
  await list.getByRole('listitem').nth(2).waitFor();
  const listed = await list.getByRole('listitem').allInnerTexts();
  expect(listed.map((text) => /^Line \d+/.exec(text)?.[0])).toEqual(['Line 3', 'Line 4', 'Line 5']);
  expect(listed[1]).toContain('request-1');
  expect(listed[2]).toContain('does not match the batch endpoint');
  await line(page, 3).click();
  await seen(page, '{"custom_id": broken');
  expect(await page.getByRole('region', { name: 'Show line 3' }).locator('mark').innerText()).toBe(
    '{"custom_id": broken',
  );
  await line(page, 5).click();
  await page
    .getByRole('region', { name: 'Show line 5' })
    .locator('mark')
    .getByText('/v1/embeddings')
    .waitFor();
  expect(await page.getByRole('region', { name: 'Show line 3' }).count()).toBe(0);

  const asked: string[] = [];
  page.on('request', (call) => call.method() === 'POST' && asked.push(call.url()));
  await send(page).click();
  await page.getByText('One thing is still wrong:').waitFor();
  await untilFocused(list);
  await nameOf(page).focus();
  await page.getByRole('button', { name: en.problems.lines_wrong }).click();
  await untilFocused(list);
  expect(asked).toEqual([]);

  await choose(page, 'mended.jsonl', good);
  await page.getByText('No problems found').waitFor();
  await nameOf(page).fill('Mended');
  await send(page).click();
  await heading(page, 'Mended').waitFor();
  expect((await findJob(shared, 'Mended')).job.counts).toMatchObject({ total: 2, succeeded: 2 });
  expect(problems).toEqual([]);
});

test.concurrent('requests are written in the editor, mended and sent with the keyboard alone', async () => {
  const { page, problems } = await openPage(browser, `${shared.url}/new`);
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

test.concurrent('a file that the provider has is used; what it refuses leaves the form as it is', async () => {
  await using server = await startTestServer();
  const file = new File([toJsonl(chatRequests(2))], 'before.jsonl');
  const { id } = await createClient(server.local).files.create({ file, purpose: 'batch' });
  const { page, problems } = await openPage(browser, `${server.url}/new?mode=file_id`);
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

test.concurrent('a file that is chosen while another is sent stays for the next batch', async () => {
  const { page, problems } = await openPage(browser, `${shared.url}/new?mode=file`);
  const held = Promise.withResolvers<void>();
  const hold = async (route: Route) => {
    await held.promise;
    await route.continue();
  };
  await page.route('**/api/jobs', hold, { times: 1 });
  await choose(page, 'first.jsonl', toJsonl(chatRequests(11)));
  await nameOf(page).fill('First of two');
  await send(page).click();
  await page.getByRole('button', { name: en.sendSending }).waitFor();
  await choose(page, 'second.jsonl', toJsonl(chatRequests(12)));
  await seen(page, 'second.jsonl');
  held.resolve();
  await heading(page, 'First of two').waitFor();
  expect((await findJob(shared, 'First of two')).sent).toHaveLength(11);
  await page.goto(`${shared.url}/new?mode=file`);
  await seen(page, 'second.jsonl');
  expect(problems).toEqual([]);
});

test.concurrent('of files that are dropped, what is left out and what is replaced is said', async () => {
  const { page, problems } = await openPage(browser, `${shared.url}/new`);
  await prompts(page).waitFor();
  await dropAll(page, ['photo.png']);
  await page.getByText('No batch can be made of this.').waitFor();
  expect(await prompts(page).count()).toBe(1);
  await dropAll(page, ['photo.png', 'one.jsonl', 'two.jsonl']);
  await page.getByText('A batch is made of one file: one.jsonl. 2 others were left out.').waitFor();
  await seen(page, 'No problems found');
  await page.getByText('of 200 MB').waitFor();
  // What was kept of the visit before is replaced too.
  await page.reload();
  await seen(page, 'one.jsonl');
  await menu(page, 'Batches').click();
  await heading(page, 'Batches').waitFor();
  await dropAll(page, ['other.jsonl']);
  await page.getByText(en.fileReplaced('one.jsonl', 'other.jsonl')).waitFor();
  await seen(page, 'other.jsonl');
  expect(problems).toEqual([]);
});

test.concurrent('an estimate that failed because the server was away is asked for when it is back', async () => {
  const calls = /\/(api|trpc)\//;
  const { page } = await openPage(browser, `${shared.url}/new`);
  await prompts(page).waitFor();
  await page.route(calls, (route) => route.abort());
  await prompts(page).fill('Where is Paris?');
  const estimate = page.getByRole('region', { name: 'Estimate' });
  await estimate.getByRole('button', { name: 'Try again' }).waitFor();
  await menu(page, 'Batches').click();
  await page.getByText('The server has not answered since').waitFor();
  await page.unroute(calls);
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).first().click();
  await page.getByText('The server has not answered since').waitFor({ state: 'detached' });
  await page.goBack();
  await estimate.getByText('1 request').waitFor();
});

test.concurrent('the same content as before is said, and sent all the same', async () => {
  const nightly = chatRequests(9).slice(7);
  const before = await createJob(shared, nightly, { name: 'Nightly' });
  const { page, problems } = await openPage(browser, `${shared.url}/new?mode=file`);
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

test.concurrent('a draft stays over a reload and a refusal, and makes one batch in the end', async () => {
  await using server = await startTestServer({ env: { OPENAI_API_KEY: '', PROVIDER: 'openai' } });
  const { page, problems } = await openPage(browser, `${server.url}/new`);
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

test.concurrent.each([
  ['light', 1440, 'en-GB', en],
  ['dark', 360, 'fr-FR', fr],
] as const)(
  'every mode is as axe wants it, in the %s theme at %i pixels in %s',
  async (colorScheme, width, locale, texts) => {
    const options = { colorScheme, locale, viewport: { width, height: 900 } };
    const { page, problems } = await openPage(browser, `${shared.url}/new`, options);
    const isSound = async (mode: string) => {
      expect(await findAccessibilityProblems(page), mode).toEqual([]);
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overhang, mode).toBeLessThanOrEqual(0);
    };
    const open = (mode: keyof typeof texts.modes) =>
      page
        .getByRole('navigation', { name: texts.modesLabel })
        .getByRole('link', { name: texts.modes[mode], exact: true })
        .click();
    const broken = `${toJsonl(chatRequests(1))}{"custom_id": broken`;
    await heading(page, texts.title).waitFor();
    await page.locator('summary').click();
    await page.getByLabel(texts.attempts, { exact: true }).fill('0');
    await page.getByLabel(texts.budget, { exact: true }).fill('much');
    await page.getByRole('button', { name: texts.addPair }).click();
    await page.getByLabel(texts.pairAt(texts.metadataValue, 1)).fill('without a key');
    await page.getByRole('button', { name: texts.send, exact: true }).click();
    await page.getByText(texts.problemCount(4)).waitFor();
    await isSound('simple');
    await open('csv');
    await choose(page, 'cities.csv', `city,${'country'.repeat(20)}\nParis,France\nOslo\n`);
    await page.getByText(texts.rowProblems.too_few_cells(1, 2)).waitFor();
    await page.getByRole('region', { name: texts.preview }).getByText('Paris').waitFor();
    await isSound('csv');
    await open('file');
    await choose(page, `${'a-long-name-'.repeat(10)}.jsonl`, broken);
    await page
      .getByText(locale === 'fr-FR' ? 'n’est pas du JSON valide' : 'not parseable as valid JSON')
      .waitFor();
    await page.locator('.issue-button').click();
    await page
      .getByRole('region', { name: texts.showLine(2) })
      .locator('mark')
      .waitFor();
    await isSound('file');
    await open('paste');
    await page.getByRole('textbox', { name: texts.editor }).click();
    await page.keyboard.insertText(broken);
    await page.locator('.cm-lint-marker-error').waitFor();
    await isSound('paste');
    await open('file_id');
    await page.getByText(texts.fileIdInput).waitFor();
    await isSound('file_id');
    expect(problems).toEqual([]);
  },
);
