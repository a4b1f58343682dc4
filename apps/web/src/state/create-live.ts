import type { JobEvent } from '@batchdesk/shared';
import type { QueryClient, QueryKey } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import type { Api } from '../api/api.ts';
import { followLive } from './follow-live.ts';

/** How the page learns what changes: told at once, by asking again and again, or not at all because people said so. */
export type LiveState = 'live' | 'polling' | 'paused';

/** Events of this long are answered with one round of questions. */
const GATHER_MS = 700;
/** Milliseconds between two questions while nobody tells us. */
const POLL_MS = 5_000;

/** Follows the server's events, and asks anew for what they change. */
export function createLive(api: Api, client: QueryClient, refreshMs: () => number) {
  const [state, setState] = createSignal<LiveState>('polling');
  const listeners = new Set<(event: JobEvent) => void>();
  const stale = new Map<string, QueryKey>();
  let timer: number | undefined;
  let end: (() => void) | undefined;

  function take(event: JobEvent): void {
    for (const listener of listeners) listener(event);
    for (const key of keysOf(event)) stale.set(JSON.stringify(key), key);
    timer ??= window.setTimeout(refreshStale, GATHER_MS);
  }

  function refreshStale(): void {
    timer = undefined;
    const keys = [...stale.values()];
    stale.clear();
    for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  }

  function start(): void {
    end?.();
    setState('polling');
    end = followLive(api, {
      onEvent: take,
      onConnected(isConnected) {
        const isChange = isConnected === (state() === 'polling');
        setState(isConnected ? 'live' : 'polling');
        // When it is there, at the first time too: what was answered before may have changed unseen. When it is gone: the
        // next question of each query is due at the interval of before.
        if (isChange) void client.invalidateQueries();
      },
    });
  }

  return {
    state,
    start,
    stop(): void {
      clearTimeout(timer);
      end?.();
    },
    pause(): void {
      end?.();
      setState('paused');
    },
    /** Milliseconds until what is shown is asked for again; `false` for never. */
    intervalMs(): number | false {
      if (state() === 'paused') return false;
      return state() === 'live' ? refreshMs() : Math.min(POLL_MS, refreshMs());
    },
    /** Calls `listener` with each event until the answer is called. */
    listen(listener: (event: JobEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The beginnings of the keys of what an event changes. */
function keysOf({ type, job_id }: JobEvent): QueryKey[] {
  if (type.startsWith('provider.')) return [['health']];
  if (type.startsWith('budget.')) return [['budget'], ['jobs', 'list']];
  if (type.startsWith('limit.')) return [['limits']];
  const ofJob = ['one', 'requests', 'events', 'errors', 'files', 'batch'].map((what) => [
    'jobs',
    what,
    job_id,
  ]);
  const isEnd = type === 'job.finished' || type === 'batch.collected';
  const ofAll: QueryKey[] = isEnd ? [['stats'], ['budget'], ['files']] : [];
  return [['jobs', 'list'], ['jobs', 'counts'], ...ofJob, ...ofAll];
}
