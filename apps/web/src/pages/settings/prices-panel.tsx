import type { ListedPrice, PriceList } from '@batchdesk/shared';
import { useLocation, useNavigate } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { SearchInput } from '../../components/search-input.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';
import { PriceDialogs } from './price-dialogs.tsx';
import type { PriceTask } from './price-dialogs.tsx';
import { keyOf, ofModel } from './price-list.ts';
import { PriceTable } from './price-table.tsx';

/** All prices, and what can be done with them. */
export function PricesPanel() {
  const i18n = useI18n();
  const app = useApp();
  const location = useLocation();
  const navigate = useNavigate();
  const [task, setTask] = createSignal<PriceTask | null>(null);
  const query = useQuery(() => ({ ...app.queries.prices(), select: withIds, reconcile: 'id' }));
  const q = () => new URLSearchParams(location.search).get('q')?.trim() ?? '';
  return (
    <Loaded query={query} lines={10}>
      {(list) => {
        const shown = () => ofModel(list().prices, q());
        return (
          <>
            <p class="quiet settings-hint">
              {i18n.t('costs.pricesHint')}{' '}
              {i18n.t('costs.builtInRead', i18n.format().day(list().built_in_read))}
            </p>
            <div class="row">
              <SearchInput
                label={i18n.t('costs.filterPrices')}
                value={q()}
                onSearch={(text, options) => navigate(paths.prices(text), { ...options, scroll: false })}
              />
              <div class="row row-end">
                <button type="button" onClick={() => setTask({ kind: 'recost' })}>
                  {i18n.t('costs.recost')}
                </button>
                <a class="button" href="/api/prices" download="batchdesk-prices.json">
                  {i18n.t('costs.exportPrices')}
                </a>
                <button type="button" onClick={() => setTask({ kind: 'import' })}>
                  {i18n.t('costs.importPrices')}
                </button>
                <button type="button" class="primary" onClick={() => setTask({ kind: 'add' })}>
                  {i18n.t('costs.addPrice')}
                </button>
              </div>
            </div>
            <Show
              when={shown().length > 0}
              fallback={
                <EmptyState
                  title={i18n.t('costs.noPriceMatches')}
                  hint={i18n.t('costs.noPriceMatchesHint')}
                />
              }
            >
              <PriceTable
                prices={shown()}
                onChange={(price) => setTask({ kind: 'change', price })}
                onRemove={(price) => setTask({ kind: 'remove', price })}
              />
            </Show>
            <PriceDialogs task={task()} listed={list().prices} onClose={() => setTask(null)} />
          </>
        );
      }}
    </Loaded>
  );
}

/** Rows stay the same ones when a price changes: by model and day. */
function withIds({ prices, built_in_read }: PriceList) {
  const listed = prices.map((price): ListedPrice & { id: string } => ({ ...price, id: keyOf(price) }));
  return { built_in_read, prices: listed };
}
