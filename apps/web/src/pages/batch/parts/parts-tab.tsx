import { keepPreviousData } from '@tanstack/solid-query';
import { useSearchParams } from '@solidjs/router';
import { For, Show, createMemo } from 'solid-js';
import { useQuery } from '../../../api/use-query.ts';
import { useI18n } from '../../../i18n/i18n.tsx';
import { useApp } from '../../../state/app-state.tsx';
import type { BatchData } from '../create-batch-data.ts';
import { hasEnded } from '../job-facts.ts';
import { PartRow } from './part-row.tsx';
import './parts.css';

/** Parts in one page; each is asked for on its own. */
const PAGE = 20;
/** The server tells of no more. */
const KNOWN = 1_000;

/** The batches that a large one is sent as, those that are still to come too. */
export function PartsTab(props: { data: BatchData }) {
  const i18n = useI18n();
  const app = useApp();
  const [search, setSearch] = useSearchParams<{ page?: string }>();
  const pages = () => Math.max(1, Math.ceil(props.data.submissions.length / PAGE));
  const page = () => Math.min(pages(), Math.max(1, Number.parseInt(search.page ?? '', 10) || 1));
  const shown = () => props.data.submissions.slice((page() - 1) * PAGE, page() * PAGE);
  const ids = createMemo(() => shown().flatMap(({ batch_id }) => batch_id ?? []), undefined, {
    equals: (one, other) => one?.join() === other?.join(),
  });
  const query = useQuery(() => ({
    ...app.queries.batchesOfJob(props.data.job.id, ids()),
    enabled: ids().length > 0,
    placeholderData: keepPreviousData,
    reconcile: 'id',
    refetchInterval: () => (hasEnded(props.data.job) ? false : app.live.intervalMs()),
  }));
  const batchOf = (id: string | null) =>
    query.isSuccess ? query.data.find(({ batch }) => batch.id === id)?.batch : undefined;
  const goTo = (next: number) =>
    setSearch({ page: next === 1 ? undefined : String(next) }, { scroll: false });
  return (
    <>
      <Show when={props.data.submissions.length >= KNOWN}>
        <p class="quiet">{i18n.t('batch.partsShown', KNOWN)}</p>
      </Show>
      <div class="table-place">
        <table class="table table-cards batch-part-table">
          <thead>
            <tr>
              <th scope="col">{i18n.t('batch.part')}</th>
              <th scope="col">{i18n.t('batch.partState')}</th>
              <th scope="col">{i18n.t('batch.partModel')}</th>
              <th scope="col" class="number">
                {i18n.t('batch.requests')}
              </th>
              <th scope="col" class="number">
                {i18n.t('batch.estimate')}
              </th>
              <th scope="col" class="number">
                {i18n.t('costs.cost')}
              </th>
              <th scope="col">{i18n.t('batch.expiry')}</th>
            </tr>
          </thead>
          <tbody>
            <For each={shown()}>
              {(submission, index) => (
                <PartRow
                  number={(page() - 1) * PAGE + index() + 1}
                  submission={submission}
                  batch={batchOf(submission.batch_id)}
                />
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={pages() > 1}>
        <div class="batch-pager">
          <button type="button" aria-disabled={page() === 1} onClick={() => page() > 1 && goTo(page() - 1)}>
            {i18n.t('batch.previous')}
          </button>
          <span>{i18n.t('batch.pageOf', page(), pages())}</span>
          <button
            type="button"
            aria-disabled={page() === pages()}
            onClick={() => page() < pages() && goTo(page() + 1)}
          >
            {i18n.t('batch.next')}
          </button>
        </div>
      </Show>
    </>
  );
}
