import { isTerminalState } from '@batchdesk/shared';
import type { Job, JobState, ListJobsAnswer } from '@batchdesk/shared';
import { keepPreviousData } from '@tanstack/solid-query';
import type { InfiniteData } from '@tanstack/solid-query';
import { createDeferred, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { $RAW } from 'solid-js/store';
import { useInfiniteQuery, useQuery } from '../../api/use-query.ts';
import type { JobFilters } from '../../api/job-filters.ts';
import { useApp } from '../../state/app-state.tsx';
import { keepSame, mergeRows } from './merge-rows.ts';
import type { Row } from './merge-rows.ts';

/** Rows of a page. */
export const PAGE = 50;

/** An answer within this time comes without a sign that it is on its way. */
const SLOW_MS = 300;

type Pages = InfiniteData<ListJobsAnswer, string | null>;

/** What the table shows, and what can be done to it. */
export type JobList = ReturnType<typeof createJobList>;

/**
 * The jobs that match, page by page. The pages stay as they were fetched, so that no row moves; what is asked for again and
 * again is the first page, and of the others those that can still change.
 */
export function createJobList(filters: () => JobFilters) {
  const app = useApp();
  const { client } = app;
  // The tab or the chip is painted first, the rows when there is time: a click never waits for a hundred of them.
  const asked = createDeferred(filters, { timeoutMs: SLOW_MS });
  const input = createMemo(() => ({ ...asked(), limit: PAGE }));
  const key = () => ['jobs', 'pages', input()];
  const head = useQuery(() => ({ ...app.queries.jobs(input()), placeholderData: keepPreviousData }));
  const pages = useInfiniteQuery(() => {
    const first = input();
    return {
      queryKey: ['jobs', 'pages', first],
      queryFn: ({ pageParam: after, signal }: { pageParam: string | null; signal: AbortSignal }) =>
        after === null
          ? client.query({ ...app.queries.jobs(first), staleTime: 'static' })
          : app.api.job.list.query({ ...first, after }, { signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page: ListJobsAnswer) => page.next,
      staleTime: 'static' as const,
      refetchInterval: false as const,
      // The question for the first page is asked a second time by itself.
      retry: false,
      placeholderData: keepPreviousData,
    };
  });
  // It stays when a further page, or the next answer, does not come.
  const answered = () => (pages.isPending ? undefined : pages.data);
  const [overrides, setOverrides] = createSignal<ReadonlyMap<string, JobState>>(new Map());
  const changed = new Set<string>();
  const hasTail = () => (answered()?.pages.length ?? 0) > 1;
  // The first page is asked for again in any case.
  onCleanup(app.live.listen(({ job_id }) => job_id && hasTail() && changed.add(job_id)));

  // Its key is that of the lists: it is asked again when they are.
  useQuery(() => ({
    queryKey: ['jobs', 'list', 'tail', input()],
    queryFn: async () => refreshTail(),
    enabled: hasTail(),
  }));

  async function refreshTail(): Promise<number> {
    const first = input();
    const isDue = ({ id, state }: Job) => !isTerminalState(state) || changed.has(id);
    const { pages: all, pageParams } = client.getQueryData<Pages>(key()) ?? { pages: [], pageParams: [] };
    const due = pageParams.filter((after, index) => after !== null && all[index]?.data.some(isDue));
    const taken = [...changed];
    changed.clear();
    try {
      for (const after of due) {
        const { data } = await app.api.job.list.query({ ...first, ...(after === null ? {} : { after }) });
        putJobs(data);
      }
    } catch (thrown) {
      // They are due the next time still.
      taken.forEach((id) => changed.add(id));
      throw thrown;
    }
    return due.length;
  }

  /** Puts jobs in place of what was known of them; `null` takes the job away. */
  function changeJobs(change: (job: Job) => Job | null): void {
    const changePage = (page: ListJobsAnswer) => ({
      ...page,
      data: page.data.map(change).filter((job) => job !== null),
    });
    client.setQueryData<Pages>(key(), (old) => old && { ...old, pages: old.pages.map(changePage) });
    client.setQueryData<ListJobsAnswer>(['jobs', 'list', input()], (old) => old && changePage(old));
  }

  function putJobs(jobs: readonly Job[]): void {
    const byId = new Map(jobs.map((job) => [job.id, job]));
    changeJobs((job) => byId.get(job.id) ?? job);
  }

  function showNew(): void {
    const first = client.getQueryData<ListJobsAnswer>(['jobs', 'list', input()]);
    if (first) client.setQueryData<Pages>(key(), { pages: [first], pageParams: [null] });
  }

  // Somebody who has just come here, or has changed the filters, has looked at nothing yet.
  const firstSeen = createMemo(
    () => head.isFetchedAfterMount && !head.isPlaceholderData && answered() !== undefined && input(),
  );
  createEffect(
    on(firstSeen, (isFirst) => {
      if (isFirst && (client.getQueryData<Pages>(key())?.pages.length ?? 0) <= 1) showNew();
    }),
  );

  const [isSlow, setIsSlow] = createSignal(false);
  createEffect(
    on(
      () => pages.isPlaceholderData,
      (isOutdated) => {
        setIsSlow(false);
        if (!isOutdated) return;
        const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );

  const merged = createMemo(() => {
    const data = answered();
    if (!data) return { rows: [], newCount: 0 };
    const known = rawOf(data).pages;
    const shown = known.flatMap((page) => page.data);
    const isCurrent = head.isSuccess && !head.isPlaceholderData && !pages.isPlaceholderData;
    if (!isCurrent) return { rows: shown.map((job) => ({ job, isGone: false })), newCount: 0 };
    const isSteady = asked().sort === undefined;
    return mergeRows(shown, rawOf(head.data), { isWhole: known.at(-1)?.has_more !== true, isSteady });
  });
  const byId = createMemo<Map<string, Row>>(
    (before) => keepSame(merged().rows.map(override), before),
    new Map(),
  );
  const ids = createMemo(() => [...byId().keys()], [], {
    equals: (before, now) => before.length === now.length && before.every((id, index) => id === now[index]),
  });

  function override(row: Row): Row {
    const state = overrides().get(row.job.id);
    return state === undefined || isTerminalState(row.job.state)
      ? row
      : { ...row, job: { ...row.job, state } };
  }

  return {
    pages,
    answered,
    ids,
    row: (id: string) => byId().get(id),
    newCount: () => merged().newCount,
    hasGone: () => merged().rows.some(({ isGone }) => isGone),
    /** What is shown is of the filters before. */
    isOutdated: () => pages.isPlaceholderData || asked() !== filters(),
    /** It has been so for a while: worth being said. */
    isSlow,
    showNew,
    putJobs,
    removeJob: (id: string) => changeJobs((job) => (job.id === id ? null : job)),
    /** Shows a job in another state than the server says, or no longer. */
    pretend(jobIds: readonly string[], state: JobState | null): void {
      setOverrides((before) => {
        const next = new Map(before);
        for (const id of jobIds) {
          if (state === null) next.delete(id);
          else next.set(id, state);
        }
        return next;
      });
    },
  };
}

/** What a store holds, as it is: hundreds of jobs are compared faster without watching each of their fields. */
function rawOf<T extends object>(value: T): T {
  return (value as T & { [$RAW]?: T })[$RAW] ?? value;
}
