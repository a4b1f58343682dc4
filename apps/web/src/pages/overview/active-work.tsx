import { A } from '@solidjs/router';
import type { Job } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { JobProgress } from '../../components/job-progress.tsx';
import { StatusLabel } from '../../components/status-label.tsx';
import { jobName } from '../../format/job-name.ts';
import { countAnswered, countFailed } from '../../format/progress.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';

/** Batches that are under way now, with how far they are; one quiet line when there are none. */
export function ActiveWork(props: { jobs: readonly Job[]; hasMore: boolean }) {
  const i18n = useI18n();
  const app = useApp();
  const column = (name: 'name' | 'state' | 'progress' | 'elapsed' | 'expires') =>
    i18n.t(`overview.columns.${name}`);
  const elapsed = (job: Job) => i18n.format().duration(app.now() - job.created_at);
  const left = ({ expires_at }: Job) =>
    expires_at === null ? i18n.t('common.none') : i18n.format().duration(expires_at - app.now());
  return (
    <section class={`overview-part${props.jobs.length === 0 ? ' is-quiet' : ''}`} aria-labelledby="under-way">
      <h2 id="under-way" class={props.jobs.length === 0 ? 'visually-hidden' : ''}>
        {i18n.t('overview.underWay')}
      </h2>
      <Show when={props.jobs.length > 0} fallback={<p class="quiet">{i18n.t('overview.nothingUnderWay')}</p>}>
        <div class="table-place">
          <table class="table table-cards table-rows-link active-work">
            <thead>
              <tr>
                <th scope="col">{column('name')}</th>
                <th scope="col">{column('state')}</th>
                <th scope="col">{column('progress')}</th>
                <th scope="col" class="number">
                  {column('elapsed')}
                </th>
                <th scope="col" class="number">
                  {column('expires')}
                </th>
              </tr>
            </thead>
            <tbody>
              <For each={props.jobs}>
                {(job) => (
                  <tr>
                    <th scope="row">
                      <A class="cut" href={paths.batch(job.id)}>
                        {jobName(job)}
                      </A>
                    </th>
                    <td data-label={column('state')}>
                      <StatusLabel state={job.state} failed={countFailed(job.counts)} />
                    </td>
                    <td data-label={column('progress')}>
                      <JobProgress counts={job.counts} answered={countAnswered(job)} />
                    </td>
                    <td class="number" data-label={column('elapsed')}>
                      {elapsed(job)}
                    </td>
                    <td class="number" data-label={column('expires')}>
                      {left(job)}
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
        <Show when={props.hasMore}>
          <p class="quiet">
            {i18n.t('overview.newestShown', props.jobs.length)}{' '}
            <A href={paths.batches()}>{i18n.t('overview.allBatches')}</A>
          </p>
        </Show>
      </Show>
    </section>
  );
}
