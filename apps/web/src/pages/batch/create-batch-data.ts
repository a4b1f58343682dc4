import type { Batch, Job, SubmissionView } from '@batchdesk/shared';
import { keepPreviousData } from '@tanstack/solid-query';
import { createMemo } from 'solid-js';
import type { Accessor } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { useApp } from '../../state/app-state.tsx';
import { hasEnded } from './job-facts.ts';
import { chooseBatches } from './shown-batches.ts';

/** What is known of a batch that is shown. */
export interface BatchData {
  job: Job;
  submissions: SubmissionView[];
}

/** Asks for a job, and goes on asking until it has ended. */
export function createJobQuery(jobId: Accessor<string>) {
  const app = useApp();
  return useQuery(() => ({
    ...app.queries.job(jobId()),
    reconcile: 'id',
    refetchInterval: (query: { state: { data: BatchData | undefined } }) =>
      query.state.data && hasEnded(query.state.data.job) ? false : app.live.intervalMs(),
  }));
}

/** Asks for the batches that say most of a job. None while they are on their way: the page stands without them. */
export function createBatches(data: Accessor<BatchData>): Accessor<readonly Batch[]> {
  const app = useApp();
  const ids = createMemo(() => chooseBatches(data().job, data().submissions), undefined, {
    equals: (one, other) => one?.join() === other?.join(),
  });
  const query = useQuery(() => ({
    ...app.queries.batchesOfJob(data().job.id, ids()),
    enabled: ids().length > 0,
    placeholderData: keepPreviousData,
    reconcile: 'id',
    refetchInterval: () => (hasEnded(data().job) ? false : app.live.intervalMs()),
  }));
  return () => (query.isSuccess ? query.data.map(({ batch }) => batch) : []);
}
