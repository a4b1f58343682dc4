import { A } from '@solidjs/router';
import type { Job } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { jobName } from '../../format/job-name.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';

/** Says that the same content was handed in before. */
export function SameContent(props: { jobs: readonly Job[] }) {
  const i18n = useI18n();
  return (
    <Show when={props.jobs.length > 0}>
      <div class="notice notice-waiting" role="status">
        <p>{i18n.t('create.sameContent')}</p>
        <ul>
          <For each={props.jobs}>
            {(job) => (
              <li>
                {i18n.t('create.sameContentAt', i18n.format().date(job.created_at))}{' '}
                <A href={paths.batch(job.id)}>{jobName(job)}</A>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}
