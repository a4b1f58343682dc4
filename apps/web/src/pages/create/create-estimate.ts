import type { Estimate } from '@batchdesk/shared';
import { createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Failure } from '../../api/failure.ts';
import { estimateInput } from '../../create/estimate-input.ts';
import type { Input, InputState } from './create-input.ts';
import { isWorking } from './create-input.ts';

/** Beyond this many bytes people ask for an estimate themselves: each one sends all of it. */
const MOST_BYTES = 5_000_000;

/** What is known of the cost of an input. */
export interface EstimateState {
  /** Nothing: the input cannot be sent. `offered`: it is long, and estimated when asked for. */
  status: 'nothing' | 'offered' | 'asking' | 'done' | 'failed';
  /** The last one; of the input as it is now when `done`. */
  estimate: Estimate | null;
  failure: Failure | null;
}

const NOTHING: EstimateState = { status: 'nothing', estimate: null, failure: null };

/**
 * Keeps an estimate of an input: of a short one by itself, of a long one when `ask` is called. One that failed because the
 * server was away is asked for again when `unreachableSince` is `null` again.
 */
export function createEstimate(input: Input, unreachableSince: () => number | null) {
  const [state, setState] = createSignal<EstimateState>(NOTHING);
  const ready = createMemo(() => blobToEstimate(input.state()));
  const isChanging = createMemo(() => isWorking(input.state()));
  let call = new AbortController();

  async function ask(): Promise<void> {
    call.abort();
    call = new AbortController();
    const { signal } = call;
    const blob = ready();
    if (!blob) return;
    setState((old) => ({ ...old, status: 'asking' }));
    try {
      const answer = await estimateInput(blob, undefined, signal);
      if ('failure' in answer) setState({ status: 'failed', estimate: null, failure: answer.failure });
      else setState({ status: 'done', estimate: answer.estimate, failure: null });
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }

  function follow(): void {
    call.abort();
    const blob = ready();
    if (blob && blob.size > MOST_BYTES) setState({ ...NOTHING, status: 'offered' });
    else if (blob) void ask();
    else if (isChanging() && state().estimate) setState((old) => ({ ...old, status: 'asking' }));
    else setState(NOTHING);
  }

  createEffect(on([ready, isChanging], follow));
  createEffect(
    on(
      unreachableSince,
      (since) => {
        if (since === null && state().failure?.kind === 'unreachable') void ask();
      },
      { defer: true },
    ),
  );

  return { state, ask: () => void ask() };
}

/** What there is to estimate: an input that has no problem. */
function blobToEstimate({ status, result }: InputState): Blob | null {
  const isGood = status === 'done' && result?.checked?.summary.issue_count === 0;
  return isGood ? result.blob : null;
}
