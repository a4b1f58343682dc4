import { createEffect, createMemo, createSignal, on } from 'solid-js';
import { buildRequests } from '../../create/build-requests.ts';
import { checkInput } from '../../create/check-input.ts';
import type { DraftStore } from '../../create/create-draft.ts';
import { toInputErrorCode } from '../../create/input-error.ts';
import type { InputErrorCode } from '../../create/input-error.ts';
import type { BuildProblem } from '../../create/make-requests.ts';
import type { CheckProgress, CheckedInput } from '../../create/scan-input.ts';
import { fileOf, readSource } from './read-source.ts';
import type { DraftSource } from './read-source.ts';

/** What would be sent, as far as it is known. */
export interface InputState {
  /** `waiting`: it was changed a moment ago. `stopped`: the check was ended before its end. */
  status: 'none' | 'waiting' | 'building' | 'checking' | 'done' | 'stopped' | 'failed' | 'too_long';
  /** Of the work that is under way; `bytes` of what is read. */
  progress: CheckProgress | null;
  /** The last result; of what there is now when `done`. */
  result: InputResult | null;
  failure: InputErrorCode | null;
}

/** What an input turned out to be. */
export interface InputResult {
  /** JSONL. Rows with a problem are not in it. */
  blob: Blob;
  requestCount: number;
  /** Of prompts and rows; the first 1,000, and how many there are. */
  problems: readonly BuildProblem[];
  problemCount: number;
  /** `null` when no request could be made. */
  checked: CheckedInput | null;
}

/** Long enough that nothing is made between two keys. */
const PAUSE_MS = 500;
const NOTHING: InputState = { status: 'none', progress: null, result: null, failure: null };
const WORKING: readonly InputState['status'][] = ['waiting', 'building', 'checking'];

/** Whether the state is about to change by itself. */
export function isWorking({ status }: InputState): boolean {
  return WORKING.includes(status);
}

/** What would be sent. */
export type Input = ReturnType<typeof createInput>;

/** Makes and checks what a draft would send, in a worker, again whenever it changes. */
export function createInput(draft: DraftStore) {
  const [state, setState] = createSignal<InputState>(NOTHING);
  const source = createMemo(() => readSource(draft.fields, draft.files));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let call = new AbortController();
  const waiting: ((state: InputState) => void)[] = [];

  function change(changes: Partial<InputState>): void {
    const next = setState((old) => ({ ...old, ...changes }));
    if (isWorking(next)) return;
    for (const resolve of waiting.splice(0)) resolve(next);
  }

  function drop(): void {
    clearTimeout(timer);
    call.abort();
  }

  async function run(from: DraftSource): Promise<void> {
    drop();
    call = new AbortController();
    const { signal } = call;
    try {
      const made = await makeBlob(from, signal);
      let checked: CheckedInput | null = null;
      if (made.requestCount > 0) {
        change({ status: 'checking', progress: null });
        const onProgress = (progress: CheckProgress) => change({ progress });
        checked = await checkInput(made.blob, { signal, onProgress });
      }
      const requestCount = checked?.summary.request_count ?? 0;
      change({ status: 'done', progress: null, result: { ...made, requestCount, checked } });
    } catch (thrown) {
      if (signal.aborted) return;
      change({ status: 'failed', progress: null, result: null, failure: toInputErrorCode(thrown) });
    }
  }

  async function makeBlob(from: DraftSource, signal: AbortSignal) {
    if (from.kind !== 'make') {
      const blob = from.kind === 'jsonl' ? from.blob : new Blob();
      return { blob, requestCount: Infinity, problems: [], problemCount: 0 };
    }
    change({ status: 'building', progress: null });
    return buildRequests(from.source, from.target, {
      signal,
      onProgress: ({ read, total, requests }) =>
        change({ progress: { bytes: read, totalBytes: total, requests, issues: 0 } }),
    });
  }

  function begin(from: DraftSource | null, before: DraftSource | null | undefined): void {
    drop();
    if (!from) return change(NOTHING);
    if (from.kind === 'too_long') return change({ ...NOTHING, status: 'too_long' });
    const isOther = !before || before.kind !== from.kind || fileOf(before) !== fileOf(from);
    // What is still being written keeps what was known of it, so that nothing jumps at each key.
    change({ ...(isOther ? NOTHING : {}), status: 'waiting', progress: null, failure: null });
    const pauseMs = from.kind === 'jsonl' && fileOf(from) ? 0 : PAUSE_MS;
    timer = setTimeout(() => void run(from), pauseMs);
  }

  createEffect(on(source, begin));

  return {
    state,
    /** Ends the work. */
    stop(): void {
      drop();
      change({ status: 'stopped', progress: null });
    },
    /** Does it again, from the start. */
    again(): void {
      begin(source(), null);
    },
    /** The state once nothing more is going on by itself; begins what was stopped. */
    settled(): Promise<InputState> {
      if (state().status === 'stopped' || state().status === 'failed') begin(source(), null);
      if (!isWorking(state())) return Promise.resolve(state());
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
