import type { Job } from '@batchdesk/shared';
import { isTerminalState } from '@batchdesk/shared';
import { Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import { useQuery } from '../../../api/use-query.ts';
import { toFailure } from '../../../api/failure.ts';
import { FailureNotice } from '../../../components/failure-notice.tsx';
import { useApp } from '../../../state/app-state.tsx';
import { createAfterPaint } from './create-after-paint.ts';
import { createFilters } from './create-filters.ts';
import { createSelection } from './create-selection.ts';
import type { ListHandle } from './create-selection.ts';
import { MatchList } from './match-list.tsx';
import { RequestDetail } from './request-detail.tsx';
import { RequestList } from './request-list.tsx';
import { SEARCHED } from './request-filters.ts';
import { RequestToolbar } from './request-toolbar.tsx';
import './requests.css';

/** The requests of a batch: a list that is narrowed and searched, and one of them with its answer. */
export function RequestsTab(props: { job: Job }) {
  const app = useApp();
  const filters = createFilters();
  const selection = createSelection();
  const [openLine, setOpenLine] = createSignal<number | null>(null);
  const [list, setList] = createSignal<ListHandle>();
  let panes: HTMLDivElement | undefined;

  const counts = useQuery(() => ({
    ...app.queries.requests(props.job.id, { limit: 1 }),
    ...(isTerminalState(props.job.state) && { refetchInterval: false as const }),
  }));
  const known = () => (counts.isSuccess ? counts.data?.counts : undefined);
  const failed = () => (counts.isError && counts.data === undefined ? counts : undefined);
  // Other filters are another list; what is chosen in one has no place in the other.
  const listed = createAfterPaint(filters.get);
  const listKey = createMemo(() => {
    const { outcomes, codes, q, parts } = listed();
    return JSON.stringify(q === '' ? [outcomes, codes] : [q, parts, outcomes]);
  });
  const rowOf = (id: string | null) => (id === null ? undefined : list()?.rowOf(id));
  const onOpen = () => panes?.querySelector<HTMLElement>('.request-detail')?.focus();

  function close(): void {
    selection.choose(null);
    panes?.querySelector<HTMLElement>('.virtual-list')?.focus();
  }

  // A request that opens is shown with all of its room.
  createEffect(
    on(
      () => selection.get() !== null,
      (isOpen) => isOpen && panes?.scrollIntoView({ block: 'nearest' }),
    ),
  );

  const shared = {
    selection,
    onOpen,
    onClear: () => filters.set({ outcomes: [], codes: [], q: '', parts: [...SEARCHED] }),
    onReady: setList,
  };
  return (
    <Show
      when={!failed()}
      fallback={
        <FailureNotice failure={toFailure(failed()?.error)} onRetry={() => void failed()?.refetch()} />
      }
    >
      <div class="requests">
        <RequestToolbar
          filters={filters}
          byOutcome={known()?.by_outcome ?? {}}
          byCode={known()?.by_error_code ?? {}}
        />
        <div
          ref={(element) => (panes = element)}
          class={`request-panes${selection.get() ? ' with-detail' : ''}`}
        >
          <div class="request-list">
            <Show when={listKey()} keyed>
              <Show
                when={listed().q === ''}
                fallback={<MatchList job={props.job} filters={listed()} {...shared} />}
              >
                <RequestList job={props.job} filters={listed()} openLine={openLine()} {...shared} />
              </Show>
            </Show>
          </div>
          <Show when={selection.get()}>
            {(selected) => (
              <RequestDetail
                job={props.job}
                customId={selected().id}
                onLine={setOpenLine}
                row={rowOf(selected().id)}
                onStep={(rows) => list()?.step(rows)}
                onClose={close}
              />
            )}
          </Show>
        </div>
      </div>
    </Show>
  );
}
