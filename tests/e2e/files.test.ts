import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createRestFileClient } from '../api/file-clients.ts';
import { findAccessibilityProblems } from '../helpers/browser.ts';
import { test } from '../helpers/page-test.ts';
import { createJob, untilEnded } from '../helpers/jobs.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createClient } from '../local-provider/helpers.ts';

const endless = { durations: { ...AT_ONCE, inProgressMs: 600_000 } };

/** Runs a batch to its end; returns the names of its input and output. */
async function run(server: TestServer, name: string) {
  const job_id = await createJob(server, 2, { name });
  await untilEnded(server, job_id);
  const { data } = await createRestFileClient(server.url).list({ job_id });
  const idOf = (role: string) => data.find((file) => file.role === role)!.id;
  return { input: idOf('input'), output: idOf('output') };
}

const isFocused = (element: Element) => element === document.activeElement;

const rowOf = (page: Page, id: string) => page.getByRole('row').filter({ hasText: id });

test('files are listed with what uses them, searched and filtered, all in the address', async ({
  openPage,
}) => {
  await using server = await startTestServer();
  const first = await run(server, 'first one');
  const second = await run(server, 'second one');
  const { page, problems } = await openPage(`${server.url}/files`);
  await rowOf(page, first.input).getByRole('link', { name: 'first one' }).waitFor();
  const text = await rowOf(page, second.output).innerText();
  for (const part of ['Answers', 'provider, here', 'in 29 days']) expect(text).toContain(part);
  const totals = await createRestFileClient(server.url).totals();
  const region = page.getByRole('region', { name: 'All files' });
  await region.getByText(`${totals.at_provider.files} files`).first().waitFor();

  await page.getByLabel('Content').selectOption('Results');
  await page.waitForURL(/\?purpose=batch_output$/);
  await rowOf(page, first.input).waitFor({ state: 'detached' });
  await page.getByRole('searchbox').fill(second.output);
  await page.waitForURL(/q=file-/);
  await rowOf(page, first.output).waitFor({ state: 'detached' });
  expect(await rowOf(page, second.output).count()).toBe(1);
  await page.reload();
  await rowOf(page, second.output).waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe(second.output);
  await page.getByRole('searchbox').fill('no such file');
  await page.getByRole('heading', { name: 'No file matches' }).waitFor();
  await page.getByRole('link', { name: 'Show all files' }).click();
  await rowOf(page, first.input).waitFor();
  expect(problems).toEqual([]);
});

test('what nothing needs is cleaned up after a look at how much it is', async ({ openPage }) => {
  await using server = await startTestServer();
  const { input } = await run(server, 'done');
  const files = createRestFileClient(server.url);
  const { cleanable } = await files.totals();
  const { page, problems } = await openPage(`${server.url}/files`);
  await rowOf(page, input).waitFor();
  await page.getByRole('button', { name: 'Clean up…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clean up what nothing needs?' });
  await dialog.getByText(`${cleanable.files} files would be deleted`).waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: `Delete ${cleanable.files} files` }).click();
  await page.getByText(`${cleanable.files} files were deleted`).waitFor();
  expect((await createClient(server.local).files.list()).data).toEqual([]);
  await page.getByRole('button', { name: 'Clean up…' }).click();
  await dialog.getByText('There is nothing to clean up').waitFor();
  expect(problems).toEqual([]);
});

test('a file is deleted where nothing needs it, and a refusal is said', async ({ openPage }) => {
  await using server = await startTestServer();
  const { output } = await run(server, 'read here');
  const { page } = await openPage(`${server.url}/files`);
  const row = rowOf(page, output);
  await row.getByRole('button', { name: /^Actions of/ }).click();
  const here = page.getByRole('menuitem', { name: /Delete here/ });
  expect(await here.getAttribute('aria-disabled')).toBe('true');
  expect(await here.innerText()).toContain('Its batch is read from it');
  await page.keyboard.press('Escape');

  server.local.faults.add({ kind: 'unauthorized', on: 'files.delete', times: 1 });
  const dialog = page.getByRole('dialog', { name: /^Delete .* at the provider\?$/ });
  for (const said of ['The provider does not accept the API key', 'was deleted at the provider.']) {
    await row.getByRole('button', { name: /^Actions of/ }).click();
    await page.getByRole('menuitem', { name: 'Delete at the provider' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText(said).first().waitFor();
  }
  await row.getByText('here', { exact: true }).waitFor();
  expect(await row.getByRole('button', { name: /^Actions of/ }).evaluate(isFocused)).toBe(true);
});

test('the file of a batch that runs cannot be deleted, and why is said', async ({ openPage }) => {
  await using server = await startTestServer({ provider: endless });
  const { page } = await openPage(`${server.url}/files`);
  await page.getByRole('heading', { name: 'No files yet' }).waitFor();
  await createJob(server, 2, { name: 'running' });
  const row = page.getByRole('row').filter({ hasText: 'running' });
  await page.reload();
  await row.getByText('A batch reads it').waitFor();
  await row.getByRole('button', { name: /^Actions of/ }).click();
  const items = page.getByRole('menuitem', { name: /^Delete/ });
  for (const item of await items.all()) expect(await item.getAttribute('aria-disabled')).toBe('true');
});

test('more files than a page are shown page by page', async ({ openPage }) => {
  await using server = await startTestServer();
  const { url } = server;
  for (let number = 1; number <= 51; number += 1) {
    const body = new FormData();
    const line = { custom_id: `r-${number}`, method: 'POST', url: '/v1/embeddings' };
    const request = { ...line, body: { model: 'text-embedding-3-small', input: `Text ${number}` } };
    body.set('file', new File([`${JSON.stringify(request)}\n`], `upload-${number}.jsonl`));
    expect((await fetch(`${url}/api/batch/upload`, { method: 'POST', body })).status).toBe(200);
  }
  const { page } = await openPage(`${url}/files`);
  await page.getByText('50 files shown').waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('51 files shown').waitFor();
  expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
});
