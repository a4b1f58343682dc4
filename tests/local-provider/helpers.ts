import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startLocalProvider, type LocalProvider, type LocalProviderOptions } from '@batchdesk/local-provider';
import OpenAI, { toFile } from 'openai';

export type Batch = OpenAI.Batch;
type Endpoint = OpenAI.BatchCreateParams['endpoint'];

/** Every status is over at once. */
export const atOnce = { validatingMs: 0, inProgressMs: 0, finalizingMs: 0, cancellingMs: 0 };

/** A new folder that goes away with `await using`. */
export async function createFolder() {
  const path = await mkdtemp(join(tmpdir(), 'local-provider-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A client that tries every call once. */
export function createClient({ url, apiKey }: { url: string; apiKey: string }): OpenAI {
  return new OpenAI({ baseURL: url, apiKey, maxRetries: 0 });
}

/** A provider in a folder of its own, with a client; both go away with `await using`. */
export async function startProvider(options: Partial<LocalProviderOptions> = {}) {
  const folder = await createFolder();
  const provider: LocalProvider = await startLocalProvider({
    dataDir: folder.path,
    durations: atOnce,
    ...options,
  });
  return {
    provider,
    faults: provider.faults,
    client: createClient(provider),
    dataDir: folder.path,
    async [Symbol.asyncDispose]() {
      await provider.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** One line of input for a chat completion. */
export function chatLine(customId: string, body: Record<string, unknown> = {}) {
  const messages = [{ role: 'user', content: `Hello from ${customId}` }];
  return line(customId, '/v1/chat/completions', { model: 'gpt-test', messages, ...body });
}

/** One line of input. */
export function line(customId: string, url: string, body: Record<string, unknown>) {
  return { custom_id: customId, method: 'POST', url, body };
}

/** Lines `r0`, `r1`, … */
export function chatLines(count: number) {
  return Array.from({ length: count }, (_, index) => chatLine(`r${index}`));
}

/** Uploads objects, a line each, or a text as it is. */
export async function upload(client: OpenAI, content: readonly object[] | string) {
  const text =
    typeof content === 'string' ? content : content.map((item) => `${JSON.stringify(item)}\n`).join('');
  return client.files.create({ purpose: 'batch', file: await toFile(Buffer.from(text), 'input.jsonl') });
}

/** Uploads lines and creates a batch with them. */
export async function createBatch(
  client: OpenAI,
  content: readonly object[] | string,
  options: Partial<OpenAI.BatchCreateParams> = {},
): Promise<Batch> {
  const file = await upload(client, content);
  const endpoint: Endpoint = '/v1/chat/completions';
  return client.batches.create({ input_file_id: file.id, endpoint, completion_window: '24h', ...options });
}

/** Asks until `isDone`, for at most ten seconds. */
export async function waitFor<T>(ask: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    if (Date.now() > deadline) throw new Error(`Not in time; the last was ${JSON.stringify(value)}`);
    await delay(10);
  }
}

/** Waits until a batch has one of these statuses; terminal ones if none are given. */
export function waitForStatus(client: OpenAI, id: string, ...statuses: Batch['status'][]): Promise<Batch> {
  const wanted = statuses.length > 0 ? statuses : ['completed', 'failed', 'expired', 'cancelled'];
  return waitFor(
    () => client.batches.retrieve(id),
    ({ status }) => wanted.includes(status),
  );
}

/** Uploads, creates, and waits for the end. */
export async function runBatch(
  client: OpenAI,
  content: readonly object[] | string,
  options: Partial<OpenAI.BatchCreateParams> = {},
): Promise<Batch> {
  const { id } = await createBatch(client, content, options);
  return waitForStatus(client, id);
}

/** One line of an output or error file. */
export interface ResultLine {
  id: string;
  custom_id: string;
  response: { status_code: number; request_id: string; body: any } | null;
  error: { code: string; message: string } | null;
}

/** The lines of a result file; none for a file that does not exist. */
export async function readResults(client: OpenAI, fileId: string | null | undefined): Promise<ResultLine[]> {
  if (!fileId) return [];
  const text = await (await client.files.content(fileId)).text();
  return text
    .split('\n')
    .filter((item) => item !== '')
    .map((item) => JSON.parse(item));
}

/** What a promise is rejected with, as the SDK's error. Throws if it is not rejected. */
export async function rejection(promise: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof OpenAI.APIError) return error;
    throw error;
  }
  throw new Error('This was expected to fail.');
}
