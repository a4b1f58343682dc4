import { useSearchParams } from '@solidjs/router';
import { keepPreviousData } from '@tanstack/solid-query';
import { For, Show, Suspense, createMemo, lazy } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { readRange, toRange } from './history-range.ts';
import type { RangeName } from './history-range.ts';

/** Apart: what draws is larger than the rest of the page. */
const HistoryCharts = lazy(async () => ({ default: (await import('./history-charts.tsx')).HistoryCharts }));

const SHOWN_RANGES: readonly RangeName[] = ['7d', '30d', '90d', '12m'];

interface HistoryProps {
  today: string;
  provider: 'openai' | 'local';
  /** Milliseconds between two looks; `false` for none. */
  refreshMs: number | false;
}

/** What happened over time; how far back is in the address. */
export function History(props: HistoryProps) {
  const i18n = useI18n();
  const app = useApp();
  const [search, setSearch] = useSearchParams();
  const name = () => readRange(search['range']);
  const range = createMemo(() => toRange(name(), props.today));
  const history = useQuery(() => ({
    ...app.queries.history(range(), props.provider),
    refetchInterval: props.refreshMs,
    // The charts of the other range stay until these are there: nothing jumps.
    placeholderData: keepPreviousData,
  }));
  const isLocal = () => props.provider === 'local';

  return (
    <section class="overview-part history" aria-labelledby="history">
      <div class="history-head">
        <h2 id="history">{i18n.t('charts.title')}</h2>
        <div class="segments" role="group" aria-label={i18n.t('charts.range')}>
          <For each={SHOWN_RANGES}>
            {(known) => (
              <button
                type="button"
                aria-pressed={known === name()}
                onClick={() => setSearch({ range: known === readRange(undefined) ? undefined : known })}
              >
                {i18n.t(`charts.ranges.${known}`)}
              </button>
            )}
          </For>
        </div>
      </div>
      <div class="history-place">
        <Loaded query={history} lines={8}>
          {(known) => (
            <>
              <Suspense>
                <HistoryCharts range={known().range} stats={known().stats} isLocal={isLocal()} />
              </Suspense>
              <p class="quiet small">
                {i18n.t(isLocal() ? 'charts.ofLocal' : 'charts.ofOpenai')}{' '}
                <Show when={known().stats.unpriced_batches > 0}>
                  {i18n.t('charts.unpriced', known().stats.unpriced_batches)}
                </Show>
              </p>
            </>
          )}
        </Loaded>
      </div>
    </section>
  );
}
