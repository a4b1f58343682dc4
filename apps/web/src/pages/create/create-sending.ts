import type { BatchEndpoint, Job } from '@batchdesk/shared';
import { isBatchEndpoint } from '@batchdesk/shared';
import { createSignal } from 'solid-js';
import { unwrap } from 'solid-js/store';
import { toFailure } from '../../api/failure.ts';
import type { Failure } from '../../api/failure.ts';
import type { DraftStore } from '../../create/create-draft.ts';
import { readJobOptions } from '../../create/read-draft.ts';
import type { AppState } from '../../state/app-state.tsx';
import type { Input } from './create-input.ts';

const MS = 1_000;

/** What was sent last, to know it again. */
interface Sent {
  /** Of its upload. */
  id: string;
  snapshot: string;
  blob: Blob;
}

/** Sends a draft, and forgets it once it was accepted. `findProblem` says whether something keeps it from being sent. */
export function createSending(app: AppState, draft: DraftStore, input: Input, findProblem: () => boolean) {
  const [isChecking, setIsChecking] = createSignal(false);
  const [isCalling, setIsCalling] = createSignal(false);
  const [callFailure, setCallFailure] = createSignal<Failure | null>(null);
  const [sent, setSent] = createSignal<Sent | null>(null);
  let onSent: ((job: Job) => void) | null = null;

  const upload = () => app.uploads.list.find(({ id }) => id === sent()?.id);
  const takeSnapshot = () => JSON.stringify(unwrap(draft.fields));

  function accept(job: Job, snapshot: string): void {
    setSent(null);
    // What was written meanwhile is a draft of its own.
    if (snapshot === takeSnapshot()) draft.clear();
    onSent?.(job);
  }

  function startUpload(blob: Blob, endpoint: BatchEndpoint): void {
    const read = readJobOptions(draft.fields, endpoint, app.now() * MS);
    if ('problems' in read) return;
    const snapshot = takeSnapshot();
    const last = sent();
    // With its own key, so that what did arrive is not handed in twice.
    if (last && last.snapshot === snapshot && last.blob === blob && upload())
      return app.uploads.retry(last.id);
    if (last) app.uploads.dismiss(last.id);
    const id = app.uploads.start(blob, read.options, (job) => {
      if (onSent) app.uploads.dismiss(id);
      accept(job, snapshot);
    });
    setSent({ id, snapshot, blob });
  }

  async function callWithFile(): Promise<void> {
    const { fileId, fileEndpoint } = draft.fields;
    const read = readJobOptions(draft.fields, fileEndpoint, app.now() * MS);
    if ('problems' in read) return;
    const snapshot = takeSnapshot();
    setIsCalling(true);
    try {
      const job = await app.api.job.create.mutate({ ...read.options, input_file_id: fileId.trim() });
      accept(job, snapshot);
    } catch (thrown) {
      setCallFailure(toFailure(thrown));
    } finally {
      setIsCalling(false);
    }
  }

  const isUploading = () => upload()?.status === 'sending';

  return {
    /** What is going on: nothing, the check that goes before, or the sending itself. */
    stage: () => (isChecking() ? 'checking' : isCalling() || isUploading() ? 'sending' : 'idle'),
    /** Why the last try gave nothing. */
    failure: () => callFailure() ?? upload()?.failure ?? null,
    /** Sends it, once it is checked. Answers whether it is on its way. */
    async send(): Promise<boolean> {
      if (isChecking() || isCalling() || isUploading()) return true;
      setCallFailure(null);
      if (findProblem()) return false;
      if (draft.fields.mode === 'file_id') {
        void callWithFile();
        return true;
      }
      setIsChecking(true);
      const { result } = await input.settled();
      setIsChecking(false);
      if (findProblem() || !result?.checked) return false;
      const { endpoint } = result.checked.summary;
      startUpload(result.blob, isBatchEndpoint(endpoint) ? endpoint : draft.fields.endpoint);
      return true;
    },
    /** Calls `listener` with the job of what was sent, until the answer is called. */
    whileHere(listener: (job: Job) => void): () => void {
      onSent = listener;
      return () => {
        if (onSent === listener) onSent = null;
      };
    },
  };
}
