import { Match, Show, Switch } from 'solid-js';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { BatchTable } from './batch-table.tsx';
import { EmptyState } from './empty-state.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { ListToolbar } from './list-toolbar.tsx';

/** The list of batches, or why there is none. */
export function BatchList(props: { dashboard: Dashboard; onUseSamples: () => void }) {
  const i18n = useI18n();
  const state = () => props.dashboard.state;
  const shownFilter = () => state().shownFilter ?? null;
  const retry = () => (
    <button type="button" onClick={() => void props.dashboard.refresh()}>
      {i18n.t().retry}
    </button>
  );
  return (
    <section class="panel list" aria-labelledby="list-title">
      <ListToolbar dashboard={props.dashboard} />
      <Show when={state().shownFilter !== undefined && state().failure}>
        {(failure) => (
          <div class="stale">
            <h3>{i18n.t().refreshFailed}</h3>
            <FailureNotice failure={failure()} />
            {retry()}
          </div>
        )}
      </Show>
      <Switch>
        <Match when={state().batches.length > 0}>
          <BatchTable batches={state().batches} dashboard={props.dashboard} />
          <Show when={state().hasMore}>
            <div class="more">
              <button type="button" onClick={() => void props.dashboard.showMore()}>
                {i18n.t().showMore}
              </button>
            </div>
          </Show>
        </Match>
        <Match when={state().shownFilter === undefined && state().failure}>
          {(failure) => (
            <EmptyState title={i18n.t().loadFailed}>
              <FailureNotice failure={failure()} />
              {retry()}
            </EmptyState>
          )}
        </Match>
        <Match when={state().shownFilter === undefined}>
          <p class="empty quiet">{i18n.t().loading}</p>
        </Match>
        <Match when={shownFilter()}>
          {(filter) => (
            <EmptyState title={i18n.t().nothingMatches(i18n.t().statuses[filter()])}>
              <button type="button" onClick={() => void props.dashboard.setFilter(null)}>
                {i18n.t().showAll}
              </button>
            </EmptyState>
          )}
        </Match>
        <Match when={shownFilter() === null}>
          <EmptyState title={i18n.t().nothingYet} hint={i18n.t().nothingYetHint}>
            <button type="button" onClick={() => props.onUseSamples()}>
              {i18n.t().useSamples}
            </button>
          </EmptyState>
        </Match>
      </Switch>
    </section>
  );
}
