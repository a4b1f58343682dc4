import type { Batch } from '@batchdesk/shared';
import { For, createSignal, onCleanup } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { BatchRow } from './batch-row.tsx';

const CLOCK_MS = 10_000;

/** The batches, one a row; cards where there is little room. */
export function BatchTable(props: { batches: Batch[]; dashboard: Dashboard }) {
  const i18n = useI18n();
  const [now, setNow] = createSignal(Date.now() / 1000);
  const clock = setInterval(() => setNow(Date.now() / 1000), CLOCK_MS);
  onCleanup(() => clearInterval(clock));
  return (
    <table
      role="table"
      class="batches"
      aria-busy={props.dashboard.state.filter !== props.dashboard.state.shownFilter}
    >
      <caption class="visually-hidden">{i18n.t().caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <For each={['status', 'batch', 'target', 'createdAt', 'progress', 'cost', 'actions'] as const}>
            {(key) => (
              <th role="columnheader" scope="col" class={`head-${key}`}>
                {i18n.t()[key]}
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody role="rowgroup">
        <For each={props.batches}>
          {(batch) => <BatchRow batch={batch} now={now()} dashboard={props.dashboard} />}
        </For>
      </tbody>
    </table>
  );
}
