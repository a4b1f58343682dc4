import type { Estimate } from '@batchdesk/shared';
import { createEffect, on, onCleanup } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { Failure } from '../api/failure.ts';
import type { Draft } from '../create/create-draft.ts';
import type { Dashboard } from './create-dashboard.ts';

/** Long enough that nothing is asked between two keys. */
const PAUSE_MS = 600;
/** Beyond this much text people ask for an estimate themselves: each one sends all of it. */
const MAX_CHARACTERS = 500_000;

interface EstimateState {
  /** Nothing: the draft cannot be sent. `offered`: it is long, and estimated when asked for. */
  status: 'nothing' | 'offered' | 'asking' | 'done' | 'failed';
  /** The last one; of the draft as it is now when `done`. */
  estimate: Estimate | null;
  failure: Failure | null;
}

/** Keeps an estimate of a draft: of a short one by itself, of a long one when `ask` is called. */
export function createEstimate(draft: Draft, dashboard: Dashboard) {
  const [state, setState] = createStore<EstimateState>({ status: 'nothing', estimate: null, failure: null });
  let timer: number | undefined;
  let call = new AbortController();

  function drop(): void {
    clearTimeout(timer);
    call.abort();
  }

  async function ask(): Promise<void> {
    drop();
    call = new AbortController();
    const { signal } = call;
    setState('status', 'asking');
    const { endpoint, requests } = draft.toInput();
    const answer = await dashboard.estimate({ endpoint, requests }, signal);
    if (signal.aborted) return;
    if ('failure' in answer) setState({ status: 'failed', failure: answer.failure });
    else setState({ status: 'done', estimate: answer.done.estimate, failure: null });
  }

  function follow(): void {
    drop();
    if (draft.problem()) return setState({ status: 'nothing', estimate: null, failure: null });
    if (draft.fields.prompts.length > MAX_CHARACTERS) return setState({ status: 'offered', estimate: null });
    setState('status', 'asking');
    timer = window.setTimeout(() => void ask(), PAUSE_MS);
  }

  createEffect(
    on([() => draft.fields.endpoint, () => draft.fields.model, () => draft.fields.prompts], follow),
  );
  onCleanup(drop);

  return { state, ask: () => void ask() };
}
