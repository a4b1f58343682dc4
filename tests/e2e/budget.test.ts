import { expect } from 'vitest';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { test } from '../helpers/page-test.ts';
import { createJob, getJob, untilEnded } from '../helpers/jobs.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

test('the month’s budget holds what would pass it, says so, and lets it go when it is raised', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const { page, problems } = await openPage(`${server.url}/settings/budget`);
  const limit = page.getByLabel('Limit (US dollars)');
  const save = page.getByRole('button', { name: 'Save' });
  await page.getByText('There is no budget.').waitFor();
  await save.click();
  await page.getByText('Enter an amount above zero.').waitFor();
  expect(await limit.evaluate((element) => element === document.activeElement)).toBe(true);
  await limit.fill('0.000001');
  await save.click();
  await page.getByText('The budget is saved.').waitFor();
  const id = await createJob(server, 3);
  await waitFor(
    () => getJob(server, id),
    ({ job }) => job.state === 'waiting',
  );
  await page.goto(server.url);
  const notice = page.getByRole('region', { name: 'Budget of each month' });
  await notice.getByText('1 batch is held.').waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);

  await notice.getByRole('link', { name: 'Change the budget' }).click();
  await page.waitForURL(/\/settings\/budget$/);
  await limit.fill('10');
  await save.click();
  await page.getByText('Within the budget.').waitFor();
  await notice.waitFor({ state: 'detached' });
  await untilEnded(server, id);
  await page.getByRole('button', { name: 'Remove the budget' }).click();
  await page.getByText('There is no budget any more.').waitFor();
  expect(await limit.inputValue()).toBe('');
  expect(problems).toEqual([]);
});

test.for([
  ['light', 1440],
  ['dark', 360],
] as const)(
  'the budget is as axe wants it in the %s theme at %i pixels',
  async ([theme, width], { openPage }) => {
    await using server = await startTestServer();
    const options = { colorScheme: theme, viewport: { width, height: 900 } };
    const { page, problems } = await openPage(`${server.url}/settings/budget`, options);
    await page.getByLabel('Limit (US dollars)').fill('5');
    await page.getByLabel('Only warn').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Within the budget.').waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(problems).toEqual([]);
  },
);
