import type { I18n } from '../i18n/i18n.tsx';
import { paths } from '../routes.ts';
import type { AppState } from './app-state.tsx';
import { jobName } from '../format/job-name.ts';

/**
 * Lets the browser tell when a batch ends, for those who asked for it and look elsewhere. Ends with the answer.
 */
export function notifyEnds(app: AppState, i18n: I18n, open: (path: string) => void): () => void {
  return app.live.listen(({ type, job_id }) => {
    if (type !== 'job.finished' || job_id === null || !app.preferences.notifies || !document.hidden) return;
    if (Notification.permission === 'granted') tell(job_id).catch(() => undefined); // it is gone, or the browser makes none
  });

  async function tell(jobId: string): Promise<void> {
    // What is kept of it may be older than its end.
    const { job } = await app.client.fetchQuery({ ...app.queries.job(jobId), staleTime: 0 });
    const notification = new Notification(jobName(job), {
      body: i18n.t('shell.ended', i18n.t(`common.statuses.${job.state}`)),
      tag: jobId,
    });
    notification.addEventListener('click', () => {
      window.focus();
      open(paths.batch(jobId));
      notification.close();
    });
  }
}
