import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DraftStore } from '../../apps/web/src/create/create-draft.ts';
import type { Uploads } from '../../apps/web/src/create/create-uploads.ts';
import { scanInput } from '../../apps/web/src/create/scan-input.ts';
import { openBrowser, openPage } from '../helpers/browser.ts';
import { callJobs, untilEnded } from '../helpers/jobs.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import type { Create } from './create-page.ts';
import { openCreateSite } from './create-site.ts';
import type { CreateSite } from './create-site.ts';

declare global {
  var create: Create;
  var uploads: Uploads;
  var draft: DraftStore;
}

const endpoint = '/v1/chat/completions';

let browser: Browser;
let server: TestServer;
let site: CreateSite;
beforeAll(async () => {
  browser = await openBrowser();
  server = await startTestServer();
  site = await openCreateSite(server);
});
afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function open(): Promise<{ page: Page; problems: string[] }> {
  site.intercept = null;
  const opened = await openPage(browser, site.url);
  await opened.page.waitForFunction(() => 'create' in globalThis);
  return opened;
}

async function choose(
  page: Page,
  name: string,
  content: string,
): Promise<AsyncDisposable & { path: string }> {
  const folder = await temporaryFolder();
  const path = join(folder.path, name);
  await writeFile(path, content);
  await page.locator('input').setInputFiles(path);
  return { path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

test('a file is checked in a worker, as in Node, under the policy of the server', async () => {
  const { page, problems } = await open();
  const jsonl = `${toJsonl(chatRequests(150_000))}broken`;
  await using _chosen = await choose(page, 'input.jsonl', jsonl);
  const found = await page.evaluate(async () => {
    const file = document.querySelector('input')!.files![0]!;
    let seen = 0;
    const checked = await create.checkInput(file, { onProgress: () => (seen += 1) });
    const around = await create.readLines(file, checked.lines, { fromLine: 150_001, count: 3 });
    return { seen, checked, around };
  });
  expect(found.checked).toEqual(JSON.parse(JSON.stringify(await scanInput(new Blob([jsonl])))));
  expect(found.checked.batches).toHaveLength(3);
  expect(found.seen).toBeGreaterThan(0);
  expect(found.around).toEqual([{ line: 150_001, text: 'broken', isCut: false }]);
  expect(problems).toEqual([]);
});

test('a check can be ended, and says when it cannot be done', async () => {
  const { page } = await open();
  await using chosen = await choose(page, 'input.jsonl', toJsonl(chatRequests(150_000)));
  const check = () =>
    page.evaluate(async () => {
      const file = document.querySelector('input')!.files![0]!;
      const call = new AbortController();
      const work = { signal: call.signal, onProgress: () => call.abort() };
      const thrown: unknown = await create.checkInput(file, work).catch((error: unknown) => error);
      return { ...(thrown as object), name: (thrown as Error).name };
    });
  expect(await check()).toMatchObject({ name: 'AbortError' });

  await writeFile(chosen.path, 'other');
  expect(await check()).toMatchObject({ name: 'InputError', code: 'file_unreadable' });

  site.intercept = ({ url }, response) => {
    if (!url!.includes('worker')) return false;
    response.writeHead(404).end();
    return true;
  };
  expect(await check()).toMatchObject({ name: 'InputError', code: 'worker_failed' });
});

test('rows of CSV become requests in a worker, an estimate, and a job', async () => {
  const { page, problems } = await open();
  const rows = Array.from({ length: 60_000 }, (_, index) => `${index},"City ""${index}"", ü"\n`);
  await using _chosen = await choose(page, 'cities.csv', `\uFEFFid,city\n${rows.join('')}`);
  const found = await page.evaluate(async () => {
    const csv = document.querySelector('input')!.files![0]!;
    const head = await create.readCsvHead(csv, 2);
    const built = await create.buildRequests(
      { kind: 'csv', csv },
      {
        endpoint: '/v1/chat/completions',
        model: 'gpt-4o-mini',
        prompt: 'About {{city}}',
        system: '',
        customId: 'city-{{id}}',
        maxTokens: 5,
      },
    );
    // The worker is gone: what it made has to be there still.
    const text = await built.blob.slice(0, 300).text();
    const estimate = await create.estimateInput(built.blob, '/v1/chat/completions');
    globalThis.uploads = create.createUploads();
    uploads.start(built.blob, { endpoint: '/v1/chat/completions', name: 'Cities', metadata: { a: 'ü' } });
    return { head, built, text, estimate };
  });
  expect(found.head).toMatchObject({
    columns: ['id', 'city'],
    rows: [{ row: 1 }, { row: 2, cells: ['1', 'City "1", ü'] }],
  });
  expect(found.built).toMatchObject({ requestCount: 60_000, problemCount: 0 });
  expect(JSON.parse(found.text.split('\n')[0]!)).toMatchObject({
    custom_id: 'city-0',
    body: { max_completion_tokens: 5 },
  });
  expect(found.estimate).toMatchObject({
    estimate: { request_count: 60_000, batches: 2 },
    validation: { valid: true },
  });
  await page.waitForFunction(() => uploads.list[0]!.status !== 'sending');
  const upload = await page.evaluate(() => ({ ...uploads.list[0] }));
  expect(upload).toMatchObject({
    status: 'done',
    name: 'Cities',
    failure: null,
    job: { name: 'Cities', metadata: { a: 'ü' } },
  });
  expect(upload.progress!.bytes).toBe(upload.progress!.totalBytes);
  expect(
    (await callJobs<{ job: { counts: { total: number } } }>(server, `/${upload.job!.id}`)).job.counts.total,
  ).toBe(60_000);
  expect(problems).toEqual([]);
});

test('an upload whose answer was lost makes no second job when it is sent again', async () => {
  const { page } = await open();
  const before = await server.db.job.count();
  site.intercept = (request, response) => {
    const isUpload = request.url === '/api/jobs';
    if (isUpload) site.loseAnswer(request, response);
    return isUpload;
  };
  await page.evaluate(
    (jsonl) => {
      globalThis.uploads = create.createUploads();
      uploads.start(new Blob([jsonl]), { endpoint: '/v1/chat/completions' });
    },
    toJsonl(chatRequests(3)),
  );
  await page.waitForFunction(() => uploads.list[0]!.status === 'failed');
  expect(await page.evaluate(() => uploads.list[0]!.failure)).toEqual({ kind: 'unreachable' });
  site.intercept = null;
  await page.evaluate(() => uploads.retry(uploads.list[0]!.id));
  await page.waitForFunction(() => uploads.list[0]!.status === 'done');
  expect(await server.db.job.count()).toBe(before + 1);
  const id = await page.evaluate(() => uploads.list[0]!.job!.id);
  expect((await untilEnded(server, id)).job.counts).toMatchObject({ total: 3, succeeded: 3 });
});

test('an upload can be cancelled and sent again; meanwhile the page does not go without asking', async () => {
  const { page } = await open();
  site.intercept = () => true;
  const isAsking = () => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await page.evaluate(
    (jsonl) => {
      globalThis.uploads = create.createUploads();
      const options = { endpoint: '/v1/chat/completions' as const, name: 'Mine' };
      uploads.start(new Blob([jsonl]), options, (job) => (document.title = job.id));
    },
    toJsonl(chatRequests(2)),
  );
  expect(await isAsking()).toBe(true);
  await page.evaluate(() => uploads.cancel(uploads.list[0]!.id));
  expect(await page.evaluate(() => uploads.list[0]!.status)).toBe('cancelled');
  expect(await isAsking()).toBe(false);
  site.intercept = null;
  await page.evaluate(() => uploads.retry(uploads.list[0]!.id));
  await page.waitForFunction(() => uploads.list[0]!.status === 'done');
  expect(await page.title()).toBe(await page.evaluate(() => uploads.list[0]!.job!.id));
  expect(await isAsking()).toBe(false);
  expect(await page.evaluate(() => (uploads.dismiss(uploads.list[0]!.id), uploads.list.length))).toBe(0);
});

test('an upload that the server refuses says why', async () => {
  const { page } = await open();
  const answers = await page.evaluate(async () => {
    globalThis.uploads = create.createUploads();
    uploads.start(new Blob(['nonsense']), { endpoint: '/v1/chat/completions' });
    return create.estimateInput(new Blob(['nonsense']));
  });
  expect(answers).toMatchObject({ failure: { kind: 'refused', error: { code: 'invalid_input' } } });
  await page.waitForFunction(() => uploads.list[0]!.status === 'failed');
  expect(await page.evaluate(() => uploads.list[0]!.failure)).toMatchObject({
    error: { code: 'invalid_input', issues: [{ line: 1 }] },
  });
});

test('a draft and its files stay over a reload, until they are sent', async () => {
  const { page, problems } = await open();
  await using _chosen = await choose(page, 'cities.csv', 'a,b\n1,2\n');
  const write = () =>
    page.evaluate(() => {
      globalThis.draft = create.createDraft();
      draft.setEndpoint('/v1/embeddings');
      draft.set({ mode: 'csv', name: 'Mine', prompts: 'kept', jsonl: 'x'.repeat(2_000_001) });
      draft.setFile('csv', document.querySelector('input')!.files![0]!);
    });
  const reload = async () => {
    await page.reload();
    await page.waitForFunction(() => 'create' in globalThis);
    await page.evaluate(() => void (globalThis.draft = create.createDraft()));
  };
  await write();
  await page.waitForFunction(async () => (await create.loadFile('csv')) !== null);
  await reload();
  await page.waitForFunction(() => draft.files.csv !== null);
  expect(await page.evaluate(() => ({ ...draft.fields }))).toMatchObject({
    mode: 'csv',
    endpoint: '/v1/embeddings',
    model: 'text-embedding-3-small',
    name: 'Mine',
    prompts: 'kept',
    jsonl: '',
  });
  expect(await page.evaluate(async () => [draft.files.csv!.name, await draft.files.csv!.text()])).toEqual([
    'cities.csv',
    'a,b\n1,2\n',
  ]);

  await page.evaluate(() => draft.clear());
  await page.waitForFunction(async () => (await create.loadFile('csv')) === null);
  await reload();
  expect(await page.evaluate(() => ({ ...draft.fields }))).toMatchObject({
    mode: 'csv',
    endpoint: '/v1/embeddings',
    name: '',
    prompts: '',
  });
  expect(await page.evaluate(() => draft.files.csv)).toBeNull();
  expect(problems).toEqual([]);
});

test('where storage is switched off a draft works and is not kept', async () => {
  const { page, problems } = await open();
  const name = await page.evaluate(async (url) => {
    const refuse = {
      get: () => {
        throw new DOMException('off', 'SecurityError');
      },
    };
    Object.defineProperty(globalThis, 'localStorage', refuse);
    Object.defineProperty(globalThis, 'indexedDB', refuse);
    const kept = create.createDraft();
    kept.set({ name: url });
    kept.setFile('file', new File(['x'], 'x'));
    dispatchEvent(new Event('pagehide'));
    kept.reset();
    return kept.fields.name;
  }, endpoint);
  expect(name).toBe('');
  expect(problems).toEqual([]);
});
