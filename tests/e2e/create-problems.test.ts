import type { Route } from 'playwright-core';
import { expect } from 'vitest';
import { create as en } from '../../apps/web/src/i18n/en/create.ts';
import { create as fr } from '../../apps/web/src/i18n/fr/create.ts';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import {
  choose,
  dropAll,
  findJob,
  heading,
  line,
  menu,
  nameOf,
  prompts,
  seen,
  send,
  test,
  untilFocused,
} from './create-page.ts';

test.concurrent('each problem of a file is listed and shown, and nothing is sent until they are mended', async ({
  openPage,
  shared,
}) => {
  const { page, problems } = await openPage(`${shared.url}/new?mode=file`);
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

test.concurrent('a file that is chosen while another is sent stays for the next batch', async ({
  openPage,
  shared,
}) => {
  const { page, problems } = await openPage(`${shared.url}/new?mode=file`);
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

test.concurrent('of files that are dropped, what is left out and what is replaced is said', async ({
  openPage,
  shared,
}) => {
  const { page, problems } = await openPage(`${shared.url}/new`);
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

test.concurrent('an estimate that failed because the server was away is asked for when it is back', async ({
  openPage,
  shared,
}) => {
  const calls = /\/(api|trpc)\//;
  const { page } = await openPage(`${shared.url}/new`);
  await prompts(page).waitFor();
  await page.route(calls, (route) => route.abort());
  await prompts(page).fill('Where is Paris?');
  const estimate = page.getByRole('region', { name: 'Estimate' });
  await estimate.getByRole('button', { name: 'Try again' }).waitFor();
  await menu(page, 'Batches').click();
  await heading(page, 'Batches').waitFor();
  await page.getByText('The server has not answered since').waitFor();
  await page.unroute(calls);
  // Another page asks for what it needs, and the server is there.
  await menu(page, 'Files').click();
  await heading(page, 'Files').waitFor();
  await page.getByText('The server has not answered since').waitFor({ state: 'detached' });
  await page.goBack();
  await page.goBack();
  await estimate.getByText('1 request').waitFor();
});

test.concurrent.for([
  ['light', 1440, 'en-GB', en],
  ['dark', 360, 'fr-FR', fr],
] as const)(
  'every mode is as axe wants it, in the %s theme at %i pixels in %s',
  async ([colorScheme, width, locale, texts], { openPage, shared }) => {
    const options = { colorScheme, locale, viewport: { width, height: 900 } };
    const { page, problems } = await openPage(`${shared.url}/new`, options);
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
