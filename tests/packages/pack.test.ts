import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportTargets, installPacked } from './packed-package.ts';
import type { InstalledPackage } from './packed-package.ts';
import { bundleForBrowsers } from './bundle-for-browsers.ts';
import { startBinary } from './start-binary.ts';

const TIMEOUT_MS = 120_000;

function usePackage(name: Parameters<typeof installPacked>[0]): () => InstalledPackage {
  let installed: InstalledPackage | undefined;
  beforeAll(async () => {
    installed = await installPacked(name);
  }, TIMEOUT_MS);
  afterAll(() => installed?.[Symbol.asyncDispose]());
  return () => installed!;
}

function testContents(installed: () => InstalledPackage): void {
  test('holds dist, README and LICENSE, and no sources', () => {
    const { files } = installed();
    expect(files.filter((file) => !file.startsWith('package/dist/'))).toEqual([
      'package/LICENSE',
      'package/README.md',
      'package/package.json',
    ]);
    expect(files).toContain('package/dist/index.js');
    expect(files.filter((file) => !/\.(d\.ts|js)$/.test(file) && file.includes('/dist/'))).toEqual([]);
  });

  test('exports files that are in it', () => {
    const { files, manifest } = installed();
    const targets = exportTargets(manifest.exports);
    expect(targets).toContain('./dist/index.d.ts');
    expect(targets).toContain('./dist/index.js');
    for (const target of targets) expect(files).toContain(target.replace('.', 'package'));
  });

  test('depends on nothing of the workspace', () => {
    const { dependencies } = installed().manifest as { dependencies: Record<string, string> };
    expect(Object.keys(dependencies).filter((name) => name.startsWith('@batchdesk/'))).toEqual([]);
    expect(Object.values(dependencies).filter((range) => !/^[\d^~]/.test(range))).toEqual([]);
  });
}

const SHARED_PROGRAM = `
  import { BatchdeskError } from '@batchdesk/shared';
  import { createInputValidator } from '@batchdesk/shared/input';
  import { BUILT_IN_PRICES, costOf, findPrice, toDollars } from '@batchdesk/shared/pricing';
  const price = findPrice(BUILT_IN_PRICES.prices, 'gpt-4o-mini-2024-07-18', 1_800_000_000);
  const tokens = { input_tokens: 50_000, cached_tokens: 0, output_tokens: 30_000 };
  const dollars = toDollars(costOf(tokens, price).batch.total);
  const validator = createInputValidator();
  const line = '{"custom_id": "a", "method": "POST", "url": "/v1/responses", "body": {"model": "m"}}';
  validator.feed(new TextEncoder().encode('\\n\\n' + line));
  const { issues } = validator.finish();
  const { message } = new BatchdeskError('batch_not_found', { details: { batch_id: 'batch_1' } });
  export const found = JSON.stringify({ issues, message, dollars });
`;
const SHARED_FOUND = {
  issues: [
    {
      code: 'invalid_request',
      message: 'Input parameter is required.',
      param: 'body.input',
      line: 3,
      custom_id: 'a',
    },
  ],
  message: "No batch found with id 'batch_1'. Check the id, or list the batches.",
  dollars: 0.01275,
};

describe('the package shared', { timeout: TIMEOUT_MS }, () => {
  const installed = usePackage('shared');
  testContents(installed);

  test('runs in Node', async () => {
    const printed = await installed().runProgram(`${SHARED_PROGRAM} console.log(found);`);
    expect(JSON.parse(printed)).toEqual(SHARED_FOUND);
  });

  test('has its types', async () => {
    const program = `
      import { canMove, createBatchSchema } from '@batchdesk/shared';
      import type { BatchStatus, CreateBatch } from '@batchdesk/shared';
      const status: BatchStatus = 'validating';
      export const moves: boolean = canMove(status, 'completed');
      export const body: CreateBatch = createBatchSchema.parse({});
      // @ts-expect-error: there is no such status
      canMove('done', 'completed');`;
    await installed().checkTypes(program);
    await expect(installed().checkTypes(program.replace("'validating'", "'done'"))).rejects.toThrow('TS2322');
  });

  test('runs in a browser', async () => {
    const bundle = await bundleForBrowsers(installed().path, SHARED_PROGRAM);
    expect(bundle.code).not.toMatch(/["'`]node:|\brequire\(/);
    expect(JSON.parse(bundle.evaluate().found)).toEqual(SHARED_FOUND);
  });
});

const PROVIDER_PROGRAM = `
  import { startLocalProvider } from '@batchdesk/local-provider';
  const provider = await startLocalProvider({
    dataDir: './state',
    durations: { validatingMs: 0, inProgressMs: 0, finalizingMs: 0 },
  });
  const call = async (path, init) => {
    const headers = { authorization: 'Bearer ' + provider.apiKey, ...init?.headers };
    const response = await fetch(provider.url + path, { ...init, headers });
    if (!response.ok) throw new Error(await response.text());
    return response;
  };
  const endpoint = '/v1/chat/completions';
  const body = { model: 'm', messages: [{ role: 'user', content: 'Hello' }] };
  const form = new FormData();
  form.append('purpose', 'batch');
  form.append('file', new Blob([JSON.stringify({ custom_id: 'a', method: 'POST', url: endpoint, body })]), 'in.jsonl');
  const file = await (await call('/files', { method: 'POST', body: form })).json();
  let batch = await (await call('/batches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input_file_id: file.id, endpoint, completion_window: '24h' }),
  })).json();
  while (!['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    batch = await (await call('/batches/' + batch.id)).json();
  }
  const output = await (await call('/files/' + batch.output_file_id + '/content')).json();
  await provider.close();
  console.log(JSON.stringify({ batch, output }));
`;

describe('the package local-provider', { timeout: TIMEOUT_MS }, () => {
  const installed = usePackage('local-provider');
  testContents(installed);

  test('runs a batch to its end from a Node program', async () => {
    const { batch, output } = JSON.parse(await installed().runProgram(PROVIDER_PROGRAM));
    expect(batch).toMatchObject({
      status: 'completed',
      request_counts: { total: 1, completed: 1, failed: 0 },
    });
    expect(output).toMatchObject({ custom_id: 'a', response: { status_code: 200 }, error: null });
  });

  test('has its types', async () => {
    const program = `
      import { startLocalProvider } from '@batchdesk/local-provider';
      import type { LocalProvider } from '@batchdesk/local-provider';
      export const provider: Promise<LocalProvider> = startLocalProvider({ dataDir: './state' });
      // @ts-expect-error: the folder is required
      startLocalProvider({});`;
    await installed().checkTypes(program);
    await expect(installed().checkTypes(program.replace("'./state'", '7'))).rejects.toThrow('TS2322');
  });

  test('has a command that prints two lines and ends well on SIGTERM', async () => {
    await using binary = await startBinary(installed().path);
    const { url, apiKey } = binary;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    const listing = await fetch(`${url}/batches`, { headers: { authorization: `Bearer ${apiKey}` } });
    expect(await listing.json()).toMatchObject({ object: 'list', data: [] });
    expect(await binary.end('SIGTERM')).toEqual({
      exitCode: 0,
      stdout: `OPENAI_BASE_URL=${url}\nOPENAI_API_KEY=${apiKey}\n`,
      stderr: '',
    });
  });
});
