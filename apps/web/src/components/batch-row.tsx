import type { Batch } from '@batchdesk/shared';
import { Show } from 'solid-js';
import { formatRelative } from '../format/relative-time.ts';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { BatchActions } from './batch-actions.tsx';
import { BatchCost } from './batch-cost.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { StatusLabel } from './status-label.tsx';

interface BatchRowProps {
  batch: Batch;
  /** Unix seconds. */
  now: number;
  dashboard: Dashboard;
}

/** One batch. The roles say what the elements are even where they are laid out as a card. */
export function BatchRow(props: BatchRowProps) {
  const i18n = useI18n();
  let heading: HTMLTableCellElement | undefined;
  const createdMs = () => props.batch.created_at * 1000;
  const age = () => formatRelative(props.batch.created_at, props.now, i18n.language()) ?? i18n.t().justNow;
  return (
    <tr role="row">
      <td role="cell" class="cell-status">
        <StatusLabel status={props.batch.status} />
      </td>
      <th
        ref={(element) => (heading = element)}
        role="rowheader"
        scope="row"
        tabIndex={-1}
        class="cell-batch"
      >
        <Show when={props.batch.metadata?.['batch_name']}>
          {(name) => <span class="batch-name">{name()}</span>}
        </Show>
        <span class="batch-id" title={props.batch.id}>
          {props.batch.id}
        </span>
      </th>
      <td role="cell" class="cell-target">
        <span class="mono">{props.batch.endpoint}</span>
        <span class="mono quiet">{props.batch.model}</span>
      </td>
      <td role="cell" class="cell-created">
        <time datetime={new Date(createdMs()).toISOString()} title={i18n.date(createdMs())}>
          {age()}
        </time>
      </td>
      <td role="cell" class="cell-progress">
        <BatchProgress batch={props.batch} />
      </td>
      <td role="cell" class="cell-cost">
        <BatchCost batch={props.batch} />
      </td>
      <td role="cell" class="cell-actions">
        <BatchActions batch={props.batch} dashboard={props.dashboard} focusRow={() => heading?.focus()} />
      </td>
    </tr>
  );
}
