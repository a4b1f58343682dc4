import type { Job, JobSearchMatch } from '@batchdesk/shared';
import { LIMITS } from '@batchdesk/shared';
import { keepPreviousData } from '@tanstack/solid-query';
import { Show, createEffect, onMount, untrack } from 'solid-js';
import { useQuery } from '../../../api/use-query.ts';
import { useAnnounce } from '../../../components/announcer.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Loaded } from '../../../components/loaded.tsx';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import type { ListHandle, Selection } from './create-selection.ts';
import { MatchRow } from './match-row.tsx';
import type { RequestFilters } from './request-filters.ts';
import { VirtualList } from './virtual-list.tsx';

const ROW_HEIGHT = 60;
const MAX = LIMITS.searchMatches.max;

interface MatchListProps {
  job: Job;
  filters: RequestFilters;
  selection: Selection;
  onOpen: () => void;
  onClear: () => void;
  onReady: (list: ListHandle) => void;
}

/** The requests in which a text is found. */
export function MatchList(props: MatchListProps) {
  const i18n = useI18n();
  const app = useApp();
  const announce = useAnnounce();
  const { q, parts, outcomes } = untrack(() => props.filters); // others are another list
  const query = useQuery(() => ({
    ...app.queries.search(props.job, { q, in: parts, limit: MAX }),
    placeholderData: keepPreviousData,
  }));
  let show: ((index: number) => void) | undefined;

  const narrow = (matches: readonly JobSearchMatch[]) =>
    outcomes.length === 0 ? matches : matches.filter(({ outcome }) => outcomes.includes(outcome));
  const matches = () => narrow(query.isSuccess ? (query.data ?? []) : []);
  const selectedIndex = () => {
    const id = props.selection.get()?.id;
    const index = id ? matches().findIndex(({ custom_id }) => custom_id === id) : -1;
    return index === -1 ? null : index;
  };
  createEffect(() => {
    if (query.isSuccess) announce(i18n.t('requests.found', matches().length));
  });

  function choose(index: number): void {
    const match = matches()[index];
    if (match) props.selection.choose({ id: match.custom_id, index: null });
  }
  function step(rows: number): void {
    const next = Math.min(Math.max(0, (selectedIndex() ?? -rows) + rows), matches().length - 1);
    choose(next);
    show?.(next);
  }
  onMount(() => props.onReady({ step, rowOf: () => undefined }));

  return (
    <Loaded query={query} lines={6}>
      {(found) => (
        <Show
          when={matches().length > 0}
          fallback={
            <EmptyState title={i18n.t('requests.notFound', q)} hint={i18n.t('requests.notFoundHint')}>
              <button type="button" onClick={() => props.onClear()}>
                {i18n.t('requests.clearFilters')}
              </button>
            </EmptyState>
          }
        >
          <p class="found quiet small">
            {found().length === MAX
              ? i18n.t('requests.firstFound', i18n.format().number(MAX))
              : i18n.t('requests.found', matches().length)}
          </p>
          <VirtualList
            label={i18n.t('requests.list')}
            class="list-of-matches"
            count={matches().length}
            rowHeight={ROW_HEIGHT}
            columns={[
              { name: i18n.t('requests.columns.line'), class: 'cell-line' },
              { name: i18n.t('requests.columns.id'), class: 'cell-match' },
              { name: i18n.t('requests.columns.outcome'), class: 'cell-outcome' },
            ]}
            selected={selectedIndex()}
            onSelect={choose}
            onOpen={() => props.onOpen()}
            onClose={() => props.selection.choose(null)}
            onReady={(showRow) => (show = showRow)}
          >
            {(index) => <Show when={matches()[index]}>{(match) => <MatchRow match={match()} />}</Show>}
          </VirtualList>
        </Show>
      )}
    </Loaded>
  );
}
