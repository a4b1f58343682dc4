import type { Job, RequestView } from '@batchdesk/shared';
import { isTerminalState } from '@batchdesk/shared';
import { Show, createEffect, on, onMount, untrack } from 'solid-js';
import { FailureNotice } from '../../../components/failure-notice.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { toFailure } from '../../../api/failure.ts';
import { useI18n } from '../../../i18n/i18n.tsx';
import { createPages } from './create-pages.ts';
import type { ListHandle, Selection } from './create-selection.ts';
import type { RequestFilters } from './request-filters.ts';
import { RequestRow } from './request-row.tsx';
import { VirtualList } from './virtual-list.tsx';

const ROW_HEIGHT = 36;

interface RequestListProps {
  job: Job;
  filters: RequestFilters;
  selection: Selection;
  /** The line of the open request, where it is known. */
  openLine: number | null;
  onOpen: () => void;
  onClear: () => void;
  onReady: (list: ListHandle) => void;
}

/** The requests that pass the filters, in input order. */
export function RequestList(props: RequestListProps) {
  const i18n = useI18n();
  const { outcomes, codes } = untrack(() => props.filters); // others are another list
  const isFiltered = outcomes.length > 0 || codes.length > 0;
  const pages = createPages(
    () => props.job.id,
    () => ({
      ...(outcomes.length > 0 && { outcome: outcomes }),
      ...(codes.length > 0 && { error_code: codes }),
    }),
    () => isTerminalState(props.job.state),
  );
  const count = () => pages.total() ?? (isFiltered ? 0 : props.job.counts.total);
  let show: ((index: number) => void) | undefined;

  function choose(index: number): void {
    props.selection.choose({ id: pages.rowAt(index)?.custom_id ?? null, index });
  }

  function rowOf(customId: string): RequestView | undefined {
    const index = pages.find(customId);
    return index === null ? undefined : pages.rowAt(index);
  }

  // The row of a choice may come later than the choice, and may move while the batch runs.
  createEffect(() => {
    const selected = props.selection.get();
    if (!selected) return;
    const { id, index } = selected;
    const row = index === null ? undefined : pages.rowAt(index);
    if (id === null && row) props.selection.locate({ id: row.custom_id, index });
    else if (id !== null && row?.custom_id !== id) {
      const found = pages.find(id);
      if (found !== null) props.selection.locate({ id, index: found });
    }
  });

  // Opened by its address: the lines of a whole batch tell about where it is.
  createEffect(
    on(
      () => [props.openLine, pages.total()] as const,
      ([line, total]) => {
        const isUnplaced = props.selection.get()?.index === null;
        if (line !== null && total !== null && isUnplaced && !isFiltered) show?.(Math.min(line, total) - 1);
      },
    ),
  );

  function step(rows: number): void {
    const at = props.selection.get()?.index ?? null;
    const next = at === null ? 0 : Math.min(Math.max(0, at + rows), count() - 1);
    if (count() === 0 || next === at) return;
    choose(next);
    show?.(next);
  }
  onMount(() => props.onReady({ step, rowOf }));

  const columns = () =>
    (['line', 'id', 'outcome', 'code', 'tokens', 'cost'] as const).map((name) => ({
      name: i18n.t(`requests.columns.${name}`),
      class: `cell-${name}`,
    }));
  return (
    <Show
      when={!pages.failed()}
      fallback={
        <FailureNotice
          failure={toFailure(pages.failed()?.error)}
          onRetry={() => void pages.failed()?.refetch()}
        />
      }
    >
      <Show
        when={pages.total() !== 0}
        fallback={
          <Show
            when={isFiltered}
            fallback={<EmptyState title={i18n.t('requests.none')} hint={i18n.t('requests.noneHint')} />}
          >
            <EmptyState title={i18n.t('requests.nothingMatches')}>
              <button type="button" onClick={() => props.onClear()}>
                {i18n.t('requests.clearFilters')}
              </button>
            </EmptyState>
          </Show>
        }
      >
        <VirtualList
          label={i18n.t('requests.list')}
          class="list-of-requests"
          count={count()}
          rowHeight={ROW_HEIGHT}
          columns={columns()}
          selected={props.selection.get()?.index ?? null}
          onSelect={choose}
          onOpen={() => props.onOpen()}
          onClose={() => props.selection.choose(null)}
          onSeen={(range) => pages.show(range)}
          onReady={(showRow) => (show = showRow)}
        >
          {(index) => <RequestRow request={pages.rowAt(index)} />}
        </VirtualList>
      </Show>
    </Show>
  );
}
