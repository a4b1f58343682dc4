import type { ListBatchesAnswer } from '@batchdesk/shared';
import RefreshCw from 'lucide-solid/icons/refresh-cw';
import { For, Show } from 'solid-js';
import { useInfiniteQuery } from '../../api/use-query.ts';
import { toFailure } from '../../api/failure.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ShowMore } from '../../components/show-more.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { ProviderRow } from './provider-row.tsx';

const PAGE = 50;
const COLUMNS = ['name', 'state', 'progress', 'model', 'created'] as const;

/** What the provider lists, as it lists it. It is asked when this is opened, and when somebody wants it: each answer is a call. */
export function ProviderBatches() {
  const i18n = useI18n();
  const app = useApp();
  const pages = useInfiniteQuery(() => ({
    queryKey: ['provider-batches'],
    queryFn: ({ pageParam: after, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      app.api.batch.list.query(
        { source: 'api', limit: PAGE, ...(after === null ? {} : { after }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: ListBatchesAnswer) => (page.has_more ? page.last_id : null),
    refetchInterval: false as const,
    refetchOnWindowFocus: false,
  }));
  return (
    <>
      <div class="row provider-hint">
        <p class="quiet">{i18n.t('batches.providerHint')}</p>
        <button
          type="button"
          aria-disabled={pages.isFetching}
          onClick={() => !pages.isFetching && void pages.refetch()}
        >
          <RefreshCw class={pages.isFetching ? 'spinning' : ''} aria-hidden="true" />
          {i18n.t('batches.reload')}
        </button>
      </div>
      <Loaded query={pages} lines={12}>
        {(data) => (
          <Show
            when={(data().pages[0]?.data.length ?? 0) > 0}
            fallback={
              <EmptyState
                title={i18n.t('batches.providerEmpty')}
                hint={i18n.t('batches.providerEmptyHint')}
              />
            }
          >
            <div class="table-place">
              <table role="table" class="table table-cards table-rows-link jobs jobs-provider">
                <caption class="visually-hidden">{i18n.t('batches.sources.api')}</caption>
                <thead role="rowgroup">
                  <tr role="row">
                    <For each={COLUMNS}>
                      {(column) => (
                        <th role="columnheader" scope="col" class={`col-${column}`}>
                          {column === 'progress'
                            ? i18n.t('batches.answered')
                            : i18n.t(`batches.columns.${column}`)}
                        </th>
                      )}
                    </For>
                  </tr>
                </thead>
                <tbody role="rowgroup">
                  <For each={data().pages.flatMap((page) => page.data)}>
                    {(batch) => <ProviderRow batch={batch} />}
                  </For>
                </tbody>
              </table>
            </div>
            <Show when={pages.isRefetchError}>
              <FailureNotice failure={toFailure(pages.error)} onRetry={() => void pages.refetch()} />
            </Show>
            <ShowMore query={pages} />
          </Show>
        )}
      </Loaded>
    </>
  );
}
