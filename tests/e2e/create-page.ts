import type { BatchRequest, Job } from '@batchdesk/shared';
import type { Locator, Page } from 'playwright-core';
import { test as pageTest } from '../helpers/page-test.ts';
import { callJobs, untilEnded } from '../helpers/jobs.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** With one server a file, `shared`: what is handed in can be told apart by its name, content is a test's own too. */
export const test = pageTest.extend(
  'shared',
  { scope: 'file' },
  async ({}, { onCleanup }): Promise<TestServer> => {
    const server = await startTestServer();
    onCleanup(() => server[Symbol.asyncDispose]());
    return server;
  },
);

export const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, level: 1, exact: true });
export const prompts = (page: Page) => page.getByLabel('Prompts', { exact: true });
export const nameOf = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true });
export const send = (page: Page) => page.getByRole('button', { name: 'Create batch', exact: true });
export const menu = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
export const line = (page: Page, number: number) => page.getByRole('button', { name: `Line ${number} ` });
export const seen = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();

export const isFocused = (locator: Locator) =>
  locator.evaluate((element) => (element.getRootNode() as Document | ShadowRoot).activeElement === element);

export const untilFocused = (locator: Locator) =>
  waitFor(
    () => isFocused(locator),
    (focused) => focused,
  );

/** A refusal is a line in the browser's console, too. */
export const beyondRefusals = (problems: string[]) =>
  problems.filter((problem) => !problem.startsWith('Failed to load resource'));

/** Drops files of some names, with a request in each. */
export async function dropAll(page: Page, names: readonly string[]): Promise<void> {
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
export async function drop(
  page: Page,
  name: string,
  [piece, count]: [piece: string, count: number],
): Promise<void> {
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

export async function choose(page: Page, name: string, content: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
}

/** Goes on with the tab key until the focus is there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await isFocused(target)) return;
  }
  throw new Error('The tab key does not lead there.');
}

/** The job of a name, and what was sent for it. */
export async function findJob(server: TestServer, name: string): Promise<{ job: Job; sent: BatchRequest[] }> {
  const { id } = await server.db.job.findFirstOrThrow({ where: { name } });
  const { job } = await untilEnded(server, id);
  const { data } = await callJobs<{ data: { input: BatchRequest }[] }>(
    server,
    `/${id}/requests?include=input`,
  );
  return { job, sent: data.map(({ input }) => input) };
}
