import type { Job } from '@batchdesk/shared';
import { createMemo } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { useApp } from '../../state/app-state.tsx';
import { findAttention } from './find-attention.ts';
import { dayOf } from './history-range.ts';

/** Batches under way that are shown, and those looked through for what needs attention. */
const SHOWN = 10;
const LOOKED_AT = 50;
const ERROR_DAYS = 7;
const DAY_SECONDS = 86_400;
/** Milliseconds between two looks at the totals while something runs. */
const ACTIVE_MS = 5_000;

/** What the overview knows: totals, what is under way, and what needs attention. */
export function createOverview() {
  const app = useApp();
  const today = createMemo(() => dayOf(app.now()));
  const errorsSince = () => Date.parse(today()) / 1_000 - ERROR_DAYS * DAY_SECONDS;

  const running = useQuery(() => ({
    ...app.queries.jobs({ status: 'in_progress', limit: SHOWN }),
    reconcile: 'id',
  }));
  const cancelling = useQuery(() => ({
    ...app.queries.jobs({ status: 'cancelling', limit: SHOWN }),
    reconcile: 'id',
  }));
  const activeJobs = createMemo(() => [
    ...(running.isSuccess ? running.data.data : []),
    ...(cancelling.isSuccess ? cancelling.data.data : []),
  ]);

  // Nobody tells when a batch under way has counted its requests: only when it ends.
  const refreshMs = () => {
    const usual = app.live.intervalMs();
    return usual === false || activeJobs().length === 0 ? usual : Math.min(usual, ACTIVE_MS);
  };

  const health = useQuery(() => app.queries.health());
  const budget = useQuery(() => app.queries.budget());
  const totals = useQuery(() => ({ ...app.queries.stats(), refetchInterval: refreshMs() }));
  const provider = () => (health.isSuccess ? health.data.provider.name : undefined);
  const costs = useQuery(() => ({
    ...app.queries.stats({ provider: provider() }),
    enabled: provider() !== undefined,
    refetchInterval: refreshMs(),
  }));
  const hasMore = () => running.isSuccess && running.data.has_more;
  // Of many, those that wait longest are those in need.
  const oldest = useQuery(() => ({
    ...app.queries.jobs({ status: 'in_progress', order: 'asc', limit: LOOKED_AT }),
    enabled: hasMore(),
  }));
  const erring = useQuery(() =>
    app.queries.jobs({ has_errors: true, created_after: errorsSince(), limit: LOOKED_AT }),
  );
  const isEmpty = () => totals.isSuccess && totals.data.total_batches === 0;
  const newest = useQuery(() => ({ ...app.queries.jobs({ limit: 1 }), enabled: isEmpty() }));

  // Once it is, it stays so, whatever is asked for later.
  const isSettled = createMemo<boolean>(
    (was) =>
      was ||
      ([totals, running, cancelling, erring].every((query) => !query.isPending) &&
        !(health.isPending || (health.isSuccess && costs.isPending)) &&
        !(isEmpty() && newest.isPending) &&
        !(hasMore() && oldest.isPending)),
    false,
  );

  return {
    today,
    provider,
    totals,
    costs,
    /** Milliseconds between two looks at totals; `false` for none. */
    refreshMs,
    /** Jobs under way, the newest of those that run first. */
    activeJobs,
    hasMoreActive: hasMore,
    /** What could not be asked: without it nothing can be said of what is under way. */
    failed: () => [running, cancelling, erring].find((query) => query.isError && !query.isSuccess),
    /** Whether everything that is shown above the charts is known, so that nothing jumps. */
    isSettled,
    isFirstVisit: () => isEmpty() && newest.isSuccess && newest.data.data.length === 0,
    attention: createMemo(() =>
      findAttention({
        jobs: unique([...(hasMore() && oldest.isSuccess ? oldest.data.data : []), ...activeJobs()]),
        recentErrors: erring.isSuccess ? erring.data.data : [],
        health: health.isSuccess ? health.data : undefined,
        budget: budget.isSuccess ? budget.data.budget : null,
        now: app.now(),
      }),
    ),
  };
}

function unique(jobs: readonly Job[]): Job[] {
  return [...new Map(jobs.map((job) => [job.id, job])).values()];
}
