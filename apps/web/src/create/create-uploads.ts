import type { Job } from '@batchdesk/shared';
import { createStore, produce } from 'solid-js/store';
import type { Failure } from '../api/failure.ts';
import type { JobOptions } from './input-form.ts';
import { newUploadKey, uploadInput } from './upload-input.ts';
import type { UploadProgress } from './upload-input.ts';

/** An input on its way to the server. */
export interface Upload {
  id: string;
  /** Of the job, `null` when it has none. */
  name: string | null;
  /** Bytes of the input. */
  bytes: number;
  status: 'sending' | 'done' | 'failed' | 'cancelled';
  /** `null` before the first bytes. */
  progress: UploadProgress | null;
  /** When it is done. */
  job: Job | null;
  /** Why it failed. */
  failure: Failure | null;
}

/** What is needed to send it, again too. */
interface Sending {
  blob: Blob;
  job: JobOptions;
  key: string;
  call: AbortController;
  onDone: ((job: Job) => void) | undefined;
}

/** The inputs that this page sends. */
export type Uploads = ReturnType<typeof createUploads>;

/**
 * Sends inputs, and keeps at it while the user looks at other pages: made once, where the app is put together. While one is
 * on its way, whoever leaves the site is asked first.
 */
export function createUploads() {
  const [list, setList] = createStore<Upload[]>([]);
  const sendings = new Map<string, Sending>();

  function change(id: string, changes: Partial<Upload>): void {
    setList((upload) => upload.id === id, changes);
    const isSending = list.some(({ status }) => status === 'sending');
    // The same listener is there once, however often it is added.
    if (isSending) window.addEventListener('beforeunload', warn);
    else window.removeEventListener('beforeunload', warn);
  }

  async function send(id: string, { blob, job, key, call, onDone }: Sending): Promise<void> {
    change(id, { status: 'sending', progress: null, failure: null });
    const { signal } = call;
    const onProgress = (progress: UploadProgress) => change(id, { progress });
    try {
      const answer = await uploadInput(blob, { job, key, signal, onProgress });
      // Of what was cancelled in the last moment too: there is a job.
      if ('failure' in answer) return change(id, { status: 'failed', failure: answer.failure });
      sendings.delete(id);
      change(id, { status: 'done', job: answer.job });
      onDone?.(answer.job);
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }

  /** Begins to send an input. `onDone` gets the job when there is one, after a further try too. Returns the upload's id. */
  function start(blob: Blob, job: JobOptions, onDone?: (job: Job) => void): string {
    const key = newUploadKey();
    const sending = { blob, job, key, call: new AbortController(), onDone };
    sendings.set(key, sending);
    const nothing = { progress: null, job: null, failure: null };
    const upload: Upload = {
      id: key,
      name: job.name ?? null,
      bytes: blob.size,
      status: 'sending',
      ...nothing,
    };
    setList(produce((uploads) => uploads.push(upload)));
    void send(key, sending);
    return key;
  }

  /** Ends an upload that is on its way. When the server has all of it already, its job is made all the same. */
  function cancel(id: string): void {
    const upload = list.find((other) => other.id === id);
    if (upload?.status !== 'sending') return;
    sendings.get(id)?.call.abort();
    change(id, { status: 'cancelled' });
  }

  /** Sends one again that failed or was cancelled; where there is a job of it already, it is done with that. */
  function retry(id: string): void {
    const upload = list.find((other) => other.id === id);
    const sending = sendings.get(id);
    if (!sending || upload?.status === 'sending') return;
    sending.call = new AbortController();
    void send(id, sending);
  }

  /** Takes one that is not on its way off the list; it cannot be sent again then. */
  function dismiss(id: string): void {
    if (list.find((other) => other.id === id)?.status === 'sending') return;
    sendings.delete(id);
    setList((uploads) => uploads.filter((upload) => upload.id !== id));
  }

  return { list, start, cancel, retry, dismiss };
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
