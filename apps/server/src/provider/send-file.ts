import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createBufferCount } from '../free-buffers.ts';
import type OpenAI from 'openai';

/** Milliseconds until an upload of at most 200 MB is given up. */
const TIMEOUT_MS = 15 * 60_000;

// Node's fetch keeps a copy of what it sends in case of a redirect: memory would grow with the file. Without a window
// and without redirects it does not. The SDK hands these options on to fetch, whose types do not have them all.
const FETCH_OPTIONS = { window: null, redirect: 'error' } as const;

/**
 * Uploads a file from disk as `purpose: batch`, at the pace of the connection. `client.files.create` does not do: fetch
 * reads a form with a file ahead into memory, and a server that answers before it has read the whole form (a wrong key,
 * say) leaves Node with an unhandled rejection, which ends the process.
 */
export async function sendFile(client: OpenAI, path: string, filename: string): Promise<unknown> {
  return post(client, await describeForm(path, filename));
}

interface Form {
  headers: Record<string, string>;
  open: () => AsyncIterable<Uint8Array>;
}

async function describeForm(path: string, filename: string): Promise<Form> {
  const boundary = `batchdesk-${randomBytes(16).toString('hex')}`;
  const name = filename.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const before = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n` +
      'Content-Type: application/jsonl\r\n\r\n',
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  const bytes = before.length + (await stat(path)).size + after.length;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(bytes) },
    async *open() {
      yield before;
      const countUsed = createBufferCount();
      for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
        yield chunk as Uint8Array;
        countUsed((chunk as Uint8Array).length);
      }
      yield after;
    },
  };
}

function post(client: OpenAI, { headers, open }: Form): Promise<unknown> {
  const options = { headers, timeout: TIMEOUT_MS, maxRetries: 0, fetchOptions: FETCH_OPTIONS };
  return client.post('/files', { body: open(), ...options });
}
