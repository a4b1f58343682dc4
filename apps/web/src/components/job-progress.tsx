import type { JobCounts } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { countFailed, toSegments } from '../format/progress.ts';
import { useI18n } from '../i18n/i18n.tsx';

/**
 * How far a job is: a bar of what succeeded, failed and is left, and the numbers that say the same. `answered`: by the provider,
 * and not here yet.
 */
export function JobProgress(props: { counts: JobCounts; answered?: number }) {
  const i18n = useI18n();
  const answered = () => props.answered ?? 0;
  const segments = () => toSegments(props.counts, answered());
  const failed = () => countFailed(props.counts);
  return (
    <Show when={props.counts.total > 0} fallback={<span class="quiet">{i18n.t('common.none')}</span>}>
      <div class="progress">
        <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect class="bar-rest" width="100" height="4" />
          <rect class="bar-succeeded" width={segments().succeeded} height="4" />
          <rect class="bar-failed" x={segments().succeeded} width={segments().failed} height="4" />
          <rect
            class="bar-cancelled"
            x={segments().succeeded + segments().failed}
            width={segments().cancelled}
            height="4"
          />
          <rect
            class="bar-answered"
            x={segments().succeeded + segments().failed + segments().cancelled}
            width={segments().answered}
            height="4"
          />
        </svg>
        <span class="progress-numbers" aria-hidden="true">
          <span>
            {i18n.format().number(props.counts.succeeded)}
            <span class="quiet"> / {i18n.format().number(props.counts.total)}</span>
          </span>
          <Show when={answered() > 0}>
            <span class="answered">{i18n.t('common.answeredCount', answered())}</span>
          </Show>
          <Show when={failed() > 0}>
            <span class="problem">{i18n.t('common.failedCount', failed())}</span>
          </Show>
        </span>
        <span class="visually-hidden">
          {i18n.t(
            'common.progressOf',
            i18n.format().number(props.counts.succeeded),
            i18n.format().number(failed()),
            i18n.format().number(props.counts.total),
          )}
          <Show when={answered() > 0}>, {i18n.t('common.answeredCount', answered())}</Show>
        </span>
      </div>
    </Show>
  );
}
