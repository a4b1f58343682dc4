import { Show, createMemo } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { toCountInput } from '../../api/job-filters.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ShowMore } from '../../components/show-more.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import { ChipRow } from './chip-row.tsx';
import { createBulk } from './create-bulk.ts';
import { createFilters } from './create-filters.ts';
import { createJobList } from './create-job-list.ts';
import { createListKeys } from './create-list-keys.ts';
import { createSelectAll } from './create-select-all.ts';
import { createSelection } from './create-selection.ts';
import { toChips } from './filter-chips.ts';
import { JobsEmpty } from './jobs-empty.tsx';
import { JobsTable } from './jobs-table.tsx';
import { NewRows } from './new-rows.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { StatusTabs } from './status-tabs.tsx';
import { Toolbar } from './toolbar.tsx';

/** The batches known here. */
export function JobListView() {
  const i18n = useI18n();
  const app = useApp();
  const announce = useAnnounce();
  const filters = createFilters();
  const list = createJobList(filters.filters);
  const selection = createSelection(list.ids);
  const bulk = createBulk(list, (action) => action !== 'retry' && selection.clear());
  const counts = useQuery(() => ({
    ...app.queries.jobCounts(toCountInput(filters.filters())),
    placeholderData: keep,
  }));
  const total = () => {
    if (!counts.isSuccess) return undefined;
    const { state } = filters.filters();
    return state === undefined ? counts.data.total : counts.data.by_state[state];
  };
  const all = createSelectAll({ list, selection, filters: filters.filters, total });
  const chips = createMemo(() => toChips(filters.filters(), i18n, app.preferences.timeZone));
  const selected = createMemo(() => selection.ids().flatMap((id) => list.row(id)?.job ?? []));
  const isEmpty = () => list.ids().length === 0 && !list.isOutdated();
  const isNothing = () => isEmpty() && chips().length === 0 && filters.filters().state === undefined;
  let place: HTMLElement | undefined;

  createListKeys((by) => {
    const links = [...(place?.querySelectorAll<HTMLElement>('.row-link') ?? [])];
    const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
    links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  });

  return (
    <>
      <Show when={!(list.answered() && isNothing())}>
        <StatusTabs filters={filters.filters()} counts={counts.isSuccess ? counts.data : undefined} />
        <div class="stack">
          <Toolbar filters={filters} />
          <ChipRow chips={chips()} filters={filters} />
        </div>
      </Show>
      <section class="stack" ref={(element) => (place = element)} aria-label={i18n.t('batches.title')}>
        <Loaded query={list.pages} lines={12}>
          {() => (
            <Show when={!isEmpty()} fallback={<JobsEmpty filters={filters} chips={chips()} />}>
              <div class="list-place">
                <NewRows
                  list={list}
                  onShow={() => {
                    list.showNew();
                    announce(i18n.t('batches.shown', list.ids().length));
                  }}
                />
                <JobsTable list={list} selection={selection} bulk={bulk} />
              </div>
              <ShowMore query={list.pages}>
                <span class="quiet small">{i18n.t('batches.shown', list.ids().length)}</span>
              </ShowMore>
            </Show>
          )}
        </Loaded>
      </section>
      <Show when={selected().length > 0}>
        <SelectionBar jobs={selected()} bulk={bulk} all={all} onClear={() => selection.clear()} />
      </Show>
      <Show when={bulk.plan()}>{(plan) => <BulkDialog bulk={bulk} plan={plan()} />}</Show>
    </>
  );
}

/** The counts before stay until the new ones are here. */
function keep<T>(before: T | undefined): T | undefined {
  return before;
}
