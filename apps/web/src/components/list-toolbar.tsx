import { BATCH_STATUSES } from '@batchdesk/shared';
import type { BatchStatus } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { useAnnounce } from './announcer.tsx';

/** The filter of the list, and when it was read last. */
export function ListToolbar(props: { dashboard: Dashboard }) {
  const i18n = useI18n();
  const announce = useAnnounce();

  async function refresh(): Promise<void> {
    await props.dashboard.refresh();
    if (!props.dashboard.state.failure) announce(i18n.t().refreshed);
  }

  return (
    <div class="toolbar">
      <h2 id="list-title">{i18n.t().batches}</h2>
      <Show when={props.dashboard.state.refreshedAt}>
        {(ms) => (
          <p class="quiet">
            {i18n.t().refreshedAt} <time datetime={new Date(ms()).toISOString()}>{i18n.time(ms())}</time>
          </p>
        )}
      </Show>
      <label class="inline-field">
        <span>{i18n.t().status}</span>
        <select
          aria-label={i18n.t().status}
          value={props.dashboard.state.filter ?? ''}
          onChange={(event) =>
            void props.dashboard.setFilter((event.currentTarget.value || null) as BatchStatus | null)
          }
        >
          <option value="">{i18n.t().allStatuses}</option>
          <For each={BATCH_STATUSES}>
            {(status) => <option value={status}>{i18n.t().statuses[status]}</option>}
          </For>
        </select>
      </label>
      <button type="button" onClick={() => void refresh()}>
        {i18n.t().refresh}
      </button>
    </div>
  );
}
