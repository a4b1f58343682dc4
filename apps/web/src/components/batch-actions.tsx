import { canCancel, isTerminal, resultsUrl } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { Show, createSignal } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { CancelBatch } from './cancel-batch.tsx';
import { FailureNotice } from './failure-notice.tsx';

interface BatchActionsProps {
  batch: Batch;
  dashboard: Dashboard;
  /** Takes the focus to the row, when the button that had it goes away. */
  focusRow: () => void;
}

/** What can be done with a batch in its state. */
export function BatchActions(props: BatchActionsProps) {
  const i18n = useI18n();
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const hasResults = () => isTerminal(props.batch.status) && Boolean(props.batch.output_file_id);
  return (
    <div class="actions">
      <Show when={hasResults()}>
        <a href={resultsUrl(props.batch.id, 'output')} download="">
          {i18n.t().downloadResults} <span class="visually-hidden">{i18n.t().ofBatch(props.batch.id)}</span>
        </a>
      </Show>
      <Show when={props.batch.error_file_id}>
        <a href={resultsUrl(props.batch.id, 'error')} download="">
          {i18n.t().downloadErrors} <span class="visually-hidden">{i18n.t().ofBatch(props.batch.id)}</span>
        </a>
      </Show>
      <Show when={canCancel(props.batch.status)}>
        <CancelBatch
          batchId={props.batch.id}
          dashboard={props.dashboard}
          onEnd={(result) => {
            setFailure(result);
            props.focusRow();
          }}
        />
      </Show>
      <Show when={failure()}>{(value) => <FailureNotice failure={value()} />}</Show>
    </div>
  );
}
