import { isTerminal } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { toSegments } from '../format/progress.ts';
import { useI18n } from '../i18n/i18n.tsx';

/** How far a batch is: numbers, a bar that says the same, and why it failed as a whole if it did. */
export function BatchProgress(props: { batch: Batch }) {
  const i18n = useI18n();
  const counts = () => props.batch.request_counts;
  const segments = () => toSegments(counts());
  const noCounts = () => (isTerminal(props.batch.status) ? i18n.t().noneRun : i18n.t().notCounted);
  const reason = () => props.batch.errors?.data[0]?.message;
  return (
    <div class="progress">
      <Show when={counts().total > 0} fallback={<span class="quiet">{noCounts()}</span>}>
        <div class="progress-numbers">
          <span>{i18n.t().countOfTotal(i18n.number(counts().completed), i18n.number(counts().total))}</span>
          <Show when={counts().failed > 0}>
            <span class="problem">{i18n.t().failedCount(counts().failed)}</span>
          </Show>
        </div>
        <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect class="bar-rest" width="100" height="4" />
          <rect class="bar-completed" width={segments().completed} height="4" />
          <rect class="bar-failed" x={segments().completed} width={segments().failed} height="4" />
        </svg>
      </Show>
      <Show when={reason()}>{(text) => <p class="reason">{text()}</p>}</Show>
    </div>
  );
}
