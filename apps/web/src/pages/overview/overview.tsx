import { Show } from 'solid-js';
import { toFailure } from '../../api/failure.ts';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { ActiveWork } from './active-work.tsx';
import { AttentionList } from './attention-list.tsx';
import { createOverview } from './create-overview.ts';
import { FirstVisit } from './first-visit.tsx';
import { History } from './history.tsx';
import './overview.css';
import { Totals } from './totals.tsx';

/** What there is, what needs attention, what is under way, and how it went. */
export function Overview() {
  const i18n = useI18n();
  const overview = createOverview();
  const costs = () => (overview.costs.isSuccess ? overview.costs.data : undefined);
  return (
    <div class="page">
      <PageHead title={i18n.t('shell.overview')} />
      <Show when={overview.isSettled()} fallback={<Skeleton lines={16} />}>
        <Show when={!overview.isFirstVisit()} fallback={<FirstVisit provider={overview.provider()} />}>
          <Loaded query={overview.totals}>
            {(totals) => (
              <Totals totals={totals()} costs={costs()} isLocal={overview.provider() === 'local'} />
            )}
          </Loaded>
          <Show
            when={overview.failed()}
            fallback={
              <div class="overview-now">
                <AttentionList items={overview.attention()} />
                <ActiveWork jobs={overview.activeJobs()} hasMore={overview.hasMoreActive()} />
              </div>
            }
          >
            {(query) => (
              <FailureNotice failure={toFailure(query().error)} onRetry={() => void query().refetch()} />
            )}
          </Show>
          <Show when={overview.provider()}>
            {(provider) => (
              <History today={overview.today()} provider={provider()} refreshMs={overview.refreshMs()} />
            )}
          </Show>
        </Show>
      </Show>
    </div>
  );
}
