import type { BatchEndpoint, Job } from '@batchdesk/shared';
import { isBatchEndpoint } from '@batchdesk/shared';
import { createSignal } from 'solid-js';
import { toFailure } from '../../api/failure.ts';
import type { CallContext } from '../../api/api.ts';
import type { Failure } from '../../api/failure.ts';
import type { DraftStore } from '../../create/create-draft.ts';
import { readJobOptions } from '../../create/read-draft.ts';
import { newUploadKey } from '../../create/upload-input.ts';
import type { AppState } from '../../state/app-state.tsx';
import type { Input } from './create-input.ts';
import { isSameSnapshot, takeSnapshot } from './take-snapshot.ts';
import type { Snapshot } from './take-snapshot.ts';

const MS = 1_000;

/** What was uploaded last, to know it again. */
interface Sent {
  /** Of its upload. */
  id: string;
  snapshot: Snapshot;
  blob: Blob;
}

/** The call that gave no job so far, to make it again with its own key. */
interface LastCall {
  snapshot: Snapshot;
  context: CallContext;
}

/** Sends a draft, and forgets it once it was accepted. `findProblem` says whether something keeps it from being sent. */
export function createSending(app: AppState, draft: DraftStore, input: Input, findProblem: () => boolean) {
  const [isChecking, setIsChecking] = createSignal(false);
  const [isCalling, setIsCalling] = createSignal(false);
  const [callFailure, setCallFailure] = createSignal<Failure | null>(null);
  const [sent, setSent] = createSignal<Sent | null>(null);
  let lastCall: LastCall | null = null;
  let onSent: ((job: Job) => void) | null = null;

  const upload = () => app.uploads.list.find(({ id }) => id === sent()?.id);

  function accept(job: Job, snapshot: Snapshot): void {
    setSent(null);
    lastCall = null;
    // What was written or chosen meanwhile is a draft of its own.
    if (isSameSnapshot(snapshot, takeSnapshot(draft))) draft.clear();
    onSent?.(job);
  }

  function startUpload(blob: Blob, endpoint: BatchEndpoint): void {
    const read = readJobOptions(draft.fields, endpoint, app.now() * MS);
    if ('problems' in read) return;
    const snapshot = takeSnapshot(draft);
    const last = sent();
    // With its own key, so that what did arrive is not handed in twice.
    if (last && isSameSnapshot(last.snapshot, snapshot) && last.blob === blob && upload())
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
    const snapshot = takeSnapshot(draft);
    if (!lastCall || !isSameSnapshot(lastCall.snapshot, snapshot)) {
      lastCall = { snapshot, context: { idempotencyKey: newUploadKey() } };
    }
    const { context } = lastCall;
    setIsCalling(true);
    try {
      const command = { ...read.options, input_file_id: fileId.trim() };
      const job = await app.api.job.create.mutate(command, { context });
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
