import type { Batch } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { JobProgress } from '../../components/job-progress.tsx';
import { StatusLabel } from '../../components/status-label.tsx';
import { Time } from '../../components/time.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { toJobCounts } from './job-facts.ts';

/** A batch as the provider describes it; it leads to what is here of it. */
export function ProviderRow(props: { batch: Batch }) {
  const i18n = useI18n();
  const name = () => props.batch.metadata?.['batch_name']?.trim() || undefined;
  return (
    <tr role="row" class="job-row">
      <th role="rowheader" scope="row" class="cell-name">
        <a class={`row-link cut${name() ? '' : ' mono'}`} href={paths.batch(props.batch.job_id)}>
          {name() ?? props.batch.id}
        </a>
        <Show when={name()}>
          <span class="id-line">
            <span class="mono quiet cut">{props.batch.id}</span>
          </span>
        </Show>
      </th>
      <td role="cell" class="cell-state plain" data-label={i18n.t('batches.columns.state')}>
        <StatusLabel state={props.batch.status} failed={props.batch.request_counts.failed} />
      </td>
      <td role="cell" class="plain" data-label={i18n.t('batches.answered')}>
        <JobProgress counts={toJobCounts(props.batch.request_counts)} />
      </td>
      <td role="cell" class="cell-model plain" data-label={i18n.t('batches.columns.model')}>
        <div>
          <p class="cut">{props.batch.model ?? i18n.t('common.none')}</p>
          <p class="quiet small cut">{props.batch.endpoint}</p>
        </div>
      </td>
      <td role="cell" class="cell-time" data-label={i18n.t('batches.columns.created')}>
        <Time at={props.batch.created_at} />
      </td>
    </tr>
  );
}
