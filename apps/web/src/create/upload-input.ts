import type { Job } from '@batchdesk/shared';
import { UNREACHABLE, readFailure } from '../api/failure.ts';
import type { Failure } from '../api/failure.ts';
import { toForm } from './input-form.ts';
import type { JobOptions } from './input-form.ts';
import { addSample, measureSpeed } from './upload-speed.ts';
import type { Speed, SpeedSample } from './upload-speed.ts';

/** How far an upload is. When all bytes are sent the server still checks and keeps them. */
export interface UploadProgress extends Speed {
  /** Sent so far, and to be sent in all, with what the form puts around the input. */
  bytes: number;
  totalBytes: number;
}

/** What the server says of an upload. */
export type UploadAnswer = { job: Job } | { failure: Failure };

/** How to send an input. */
export interface UploadOptions {
  job: JobOptions;
  /** The same for each try: of however many the server makes one job. See `newUploadKey`. */
  key: string;
  signal?: AbortSignal | undefined;
  /** Told as bytes go, and each second while none do. */
  onProgress?: ((progress: UploadProgress) => void) | undefined;
}

const QUIET_MS = 1_000;
const KEY_BYTES = 16;

/** An `Idempotency-Key` for an upload and all its further tries. */
export function newUploadKey(): string {
  // `randomUUID` is missing on pages that came over plain HTTP from another machine.
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return `page-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Sends an input of any size to `POST /api/jobs`. A connection that broke is `unreachable`: whether there is a job then is
 * found out by sending it again with the same key. Rejected with the reason of `signal` only.
 */
export function uploadInput(blob: Blob, options: UploadOptions): Promise<UploadAnswer> {
  const { job, key, signal, onProgress } = options;
  const { promise, resolve, reject } = Promise.withResolvers<UploadAnswer>();
  const request = new XMLHttpRequest();
  let samples: SpeedSample[] = [];
  let bytes = 0;
  let totalBytes = blob.size;

  function tell(): void {
    samples = addSample(samples, { atMs: performance.now(), bytes });
    onProgress?.({ bytes, totalBytes, ...measureSpeed(samples, totalBytes) });
  }

  function abort(): void {
    request.abort();
    reject(signal?.reason);
  }

  if (signal?.aborted) {
    reject(signal.reason);
    return promise;
  }
  request.upload.addEventListener('progress', (event) => {
    bytes = event.loaded;
    totalBytes = event.total;
    tell();
  });
  request.addEventListener('load', () => resolve(readAnswer(request)));
  for (const name of ['error', 'timeout']) {
    request.addEventListener(name, () => resolve({ failure: UNREACHABLE }));
  }
  signal?.addEventListener('abort', abort);
  request.open('POST', '/api/jobs');
  request.setRequestHeader('idempotency-key', key);
  request.send(toForm(blob, job));
  const timer = setInterval(tell, QUIET_MS);
  return promise.finally(() => {
    clearInterval(timer);
    signal?.removeEventListener('abort', abort);
  });
}

function readAnswer({ status, responseText }: XMLHttpRequest): UploadAnswer {
  try {
    const answer = JSON.parse(responseText) as { job: Job };
    return status === 200 ? { job: answer.job } : { failure: readFailure(answer) ?? UNREACHABLE };
  } catch {
    return { failure: UNREACHABLE };
  }
}
