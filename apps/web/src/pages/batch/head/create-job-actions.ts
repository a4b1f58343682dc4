import type { Job } from '@batchdesk/shared';
import { useNavigate } from '@solidjs/router';
import type { Accessor } from 'solid-js';
import { jobName } from '../../../format/job-name.ts';
import { useI18n } from '../../../i18n/i18n.tsx';
import { paths } from '../../../routes.ts';
import { useApp } from '../../../state/app-state.tsx';
import { toastWhile } from '../../../state/toasts.ts';
import type { BatchData } from '../create-batch-data.ts';

/** What can be done with a batch that is shown. */
export function createJobActions(job: Accessor<Job>) {
  const app = useApp();
  const i18n = useI18n();
  const navigate = useNavigate();

  /** Shows a job changed. Answers how to take that back; what has come of it since then stays. */
  function show(id: string, changed: Partial<Job>): () => void {
    const { queryKey } = app.queries.job(id);
    const before = app.client.getQueryData<BatchData>(queryKey);
    const shown = app.client.setQueryData<BatchData>(
      queryKey,
      before && { ...before, job: { ...before.job, ...changed } },
    );
    return () => {
      if (app.client.getQueryData(queryKey) === shown) app.client.setQueryData(queryKey, before);
    };
  }

  /** What hangs on the job is asked for anew, whether it went well or not. */
  function askAnew(): Promise<void> {
    return app.client.invalidateQueries({ queryKey: ['jobs'] });
  }

  return {
    /** Shows at once that it is being cancelled, and takes that back when it could not be. */
    async cancel(): Promise<void> {
      const { id } = job();
      await app.client.cancelQueries({ queryKey: app.queries.job(id).queryKey });
      const takeBack = show(id, { status: 'cancelling', state: 'cancelling' });
      const result = await toastWhile(app.api.job.cancel.mutate({ job_id: id }), {
        pending: i18n.t('batch.cancelling'),
        done: () => i18n.t('batch.cancelled'),
        failed: i18n.failure,
      });
      if ('failure' in result) takeBack();
      await askAnew();
    },
    /** Sends again what did not succeed: `count` requests. */
    async retry(count: number): Promise<void> {
      await toastWhile(app.api.job.retry.mutate({ job_id: job().id }), {
        pending: i18n.t('batch.retrying'),
        done: () => i18n.t('batch.retried', count),
        failed: i18n.failure,
      });
      await askAnew();
    },
    /** Deletes it, then shows the other batches. */
    async remove(providerFiles: boolean): Promise<void> {
      const { id } = job();
      const name = jobName(job());
      const result = await toastWhile(
        app.api.job.delete.mutate({ job_id: id, provider_files: providerFiles }),
        {
          pending: i18n.t('batch.deleting'),
          done: () => i18n.t('batch.deleted', name),
          failed: i18n.failure,
        },
      );
      if ('failure' in result) return;
      navigate(paths.batches());
      app.client.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(id) });
      await askAnew();
    },
  };
}
