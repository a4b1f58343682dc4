import type { Job } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Time } from '../../../components/time.tsx';
import { jobName } from '../../../format/job-name.ts';
import { useI18n } from '../../../i18n/i18n.tsx';

/** What a batch was told when it was handed in. */
export function Details(props: { job: Job }) {
  const i18n = useI18n();
  const money = (dollars: number) => i18n.format().money(dollars);
  /** Without what the title says. */
  const metadata = () =>
    Object.entries(props.job.metadata ?? {}).filter(([, value]) => value !== jobName(props.job));
  return (
    <dl class="batch-details">
      <Detail label={i18n.t('batch.endpoint')}>
        <span class="mono">{props.job.endpoint}</span>
      </Detail>
      <Show when={props.job.models.length > 0}>
        <Detail label={i18n.t('batch.models', props.job.models.length)}>
          <span class="mono">{props.job.models.join(', ')}</span>
        </Detail>
      </Show>
      <Detail
        label={props.job.kind === 'imported' ? i18n.t('batch.madeElsewhere') : i18n.t('batch.handedIn')}
      >
        <Time at={props.job.created_at} />
      </Detail>
      <Show when={props.job.completion_deadline}>
        {(deadline) => <Detail label={i18n.t('batch.deadline')}>{i18n.format().date(deadline())}</Detail>}
      </Show>
      <Show when={props.job.budget}>
        {(budget) => (
          <Detail label={i18n.t('batch.budget')}>
            <span class={budget().state === 'ok' ? '' : 'batch-pressing'}>
              {i18n.t('batch.budgetOf', money(budget().committed), money(budget().limit))}
            </span>
          </Detail>
        )}
      </Show>
      <Show when={props.job.retry}>
        {(retry) => (
          <Detail label={i18n.t('batch.attempts')}>{i18n.t('batch.attemptsUpTo', retry().attempts)}</Detail>
        )}
      </Show>
      <For each={metadata()}>
        {([name, value]) => (
          <Detail label={name}>
            <span class="mono">{value}</span>
          </Detail>
        )}
      </For>
    </dl>
  );
}

function Detail(props: { label: string; children: JSX.Element }) {
  return (
    <div class="batch-detail">
      <dt class="quiet">{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
