import { BatchdeskError } from '@batchdesk/shared';
import OpenAI from 'openai';
import { mapProviderError } from './map-error.ts';
import type { CallSubject } from './map-error.ts';
import { parseBatch, parseFile, tryParseBatch, tryParseFile } from './parse-answer.ts';
import type { Provider, ProviderDownload } from './provider.ts';
import { sendFile } from './send-file.ts';

/** How to reach a server that speaks OpenAI's API. */
export interface OpenAIProviderOptions {
  name: Provider['name'];
  apiKey: string;
  /** OpenAI itself when left out. */
  baseUrl: string | undefined;
}

/** Somebody waits for this, and there is a stored batch to show instead. */
const WAITED_FOR = { timeout: 5_000, maxRetries: 1 };
/** Milliseconds until a call without a large body is given up. */
const CALL_TIMEOUT_MS = 60_000;

/** The provider behind the `openai` SDK: OpenAI, or any server that speaks its API. */
export function createOpenAIProvider({ name, apiKey, baseUrl }: OpenAIProviderOptions): Provider {
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl ?? 'https://api.openai.com/v1',
    timeout: CALL_TIMEOUT_MS,
    maxRetries: 2,
    logLevel: 'off', // its debug log would show request headers
  });

  return {
    name,
    baseUrl: client.baseURL,
    ready: true,
    uploadFile: (path, filename) => call({}, async () => parseFile(await sendFile(client, path, filename))),
    retrieveFile: (fileId) =>
      call({ file_id: fileId }, async () => parseFile(await client.files.retrieve(fileId))),
    listFiles: (query) =>
      call({}, async () => {
        const page = await client.files.list({ ...query, purpose: 'batch', order: 'desc' });
        const data = page.data.map((file) => tryParseFile(file)).filter((file) => file !== null);
        return { data, last_id: page.data.at(-1)?.id ?? null, has_more: page.has_more };
      }),
    deleteFile: (fileId) => call({ file_id: fileId }, () => deleteFile(client, fileId)),
    downloadFile: (fileId, from) => call({ file_id: fileId }, () => download(client, fileId, from)),
    createBatch: (params) =>
      call({ file_id: params.input_file_id }, async () => {
        // The endpoint was checked where it came in; the SDK's type lists those of its own day.
        const answer = await client.batches.create(params as OpenAI.BatchCreateParams, { maxRetries: 0 });
        const batch = tryParseBatch(answer);
        if (batch) return batch;
        // It was accepted, whatever it is: trying again would make another.
        const reason = 'it accepted the creation, but its answer is no batch.';
        throw new BatchdeskError('provider_rejected', { details: { reason } });
      }),
    retrieveBatch: (batchId) =>
      call({ batch_id: batchId }, async () => parseBatch(await client.batches.retrieve(batchId, WAITED_FOR))),
    listBatches: (query) =>
      call({}, async () => {
        const page = await client.batches.list(query);
        // One that cannot be read must not hide the others; asked for alone it says what is wrong.
        const data = page.data.map((batch) => tryParseBatch(batch)).filter((batch) => batch !== null);
        return { data, last_id: page.data.at(-1)?.id ?? null, has_more: page.has_more };
      }),
    cancelBatch: (batchId) =>
      call({ batch_id: batchId }, async () => parseBatch(await client.batches.cancel(batchId))),
  };
}

async function deleteFile(client: OpenAI, fileId: string): Promise<void> {
  try {
    await client.files.delete(fileId);
  } catch (error) {
    if (!(error instanceof OpenAI.NotFoundError)) throw error;
  }
}

async function download(client: OpenAI, fileId: string, from: number): Promise<ProviderDownload> {
  // Offsets in a compressed answer would be others.
  const headers = { 'accept-encoding': 'identity', ...(from === 0 ? {} : { range: `bytes=${from}-` }) };
  const answer = await client.files.content(fileId, { headers });
  if (!answer.body) throw new BatchdeskError('provider_error');
  if (answer.status !== 206) return { from: 0, body: answer.body };
  const range = answer.headers.get('content-range') ?? '';
  if (range.startsWith(`bytes ${from}-`)) return { from, body: answer.body };
  await answer.body.cancel();
  return download(client, fileId, 0);
}

async function call<T>(subject: CallSubject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw mapProviderError(error, subject);
  }
}
