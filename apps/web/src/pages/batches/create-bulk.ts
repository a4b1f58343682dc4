import type { Job } from '@batchdesk/shared';
import { createSignal } from 'solid-js';
import { jobName } from '../../format/job-name.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toastWhile } from '../../state/toasts.ts';
import { planBulk } from './bulk-plan.ts';
import type { BulkAction, BulkPlan } from './bulk-plan.ts';
import type { JobList } from './create-job-list.ts';
import { runAll } from './run-all.ts';
import type { RunResult } from './run-all.ts';

/** Failures that a toast names. */
const NAMED = 3;

/** Cancels, retries and deletes jobs, each after it was asked for exactly. */
export type Bulk = ReturnType<typeof createBulk>;

/** Cancels, retries and deletes jobs of a list. `onDone` is called when it was told to. */
export function createBulk(list: JobList, onDone: (action: BulkAction) => void) {
  const app = useApp();
  const i18n = useI18n();
  const [plan, setPlan] = createSignal<BulkPlan>();
  const [isOpen, setIsOpen] = createSignal(false);

  async function run({ action, jobs }: BulkPlan, deletesFiles: boolean): Promise<void> {
    onDone(action);
    const ids = jobs.map(({ id }) => id);
    if (action === 'cancel') list.pretend(ids, 'cancelling');
    const work = runAll(jobs, (job) => act(action, job, deletesFiles));
    await toastWhile(work, {
      pending: i18n.t(`batches.pending.${action}`, jobs.length),
      done: (result) => summarize(action, result),
      isFailed: ({ failed }) => failed.length > 0,
      failed: i18n.failure,
    });
    list.pretend(ids, null);
    await app.client.invalidateQueries({ queryKey: ['jobs'] });
  }

  async function act(action: BulkAction, { id: job_id }: Job, deletesFiles: boolean): Promise<void> {
    try {
      if (action === 'cancel') list.putJobs([await app.api.job.cancel.mutate({ job_id })]);
      else if (action === 'retry') list.putJobs([await app.api.job.retry.mutate({ job_id })]);
      else {
        await app.api.job.delete.mutate({ job_id, provider_files: deletesFiles });
        list.removeJob(job_id);
      }
    } catch (thrown) {
      list.pretend([job_id], null);
      throw thrown;
    }
  }

  function summarize(action: BulkAction, { done, failed }: RunResult<Job>): string {
    const named = failed
      .slice(0, NAMED)
      .map(({ item, failure }) => i18n.t('batches.notDone', jobName(item), i18n.failure(failure)));
    const more = failed.length - named.length;
    return [
      ...(done.length > 0 ? [i18n.t(`batches.done.${action}`, done.length)] : []),
      ...named,
      ...(more > 0 ? [i18n.t('batches.moreNotDone', more)] : []),
    ].join(' ');
  }

  return {
    plan,
    isOpen,
    close: () => setIsOpen(false),
    ask(action: BulkAction, jobs: readonly Job[]): void {
      setPlan(planBulk(action, jobs));
      setIsOpen(true);
    },
    confirm(deletesFiles: boolean): void {
      const planned = plan();
      if (planned) void run(planned, deletesFiles);
    },
  };
}
