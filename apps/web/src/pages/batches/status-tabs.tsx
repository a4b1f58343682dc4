import type { CountJobsAnswer, JobState } from '@batchdesk/shared';
import { For, Show } from 'solid-js';
import type { JobFilters } from '../../api/job-filters.ts';
import { TabBar } from '../../components/tab-bar.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { tabsOf } from './state-tabs.ts';

/** The states as tabs, each with how many there are. */
export function StatusTabs(props: { filters: JobFilters; counts: CountJobsAnswer | undefined }) {
  const i18n = useI18n();
  return (
    <TabBar label={i18n.t('batches.tabs')} active={props.filters.state}>
      <Tab state={undefined} label={i18n.t('batches.all')} count={props.counts?.total} />
      <For each={tabsOf(props.counts?.by_state ?? {}, props.filters.state)}>
        {(state) => (
          <Tab
            state={state}
            label={i18n.t(`common.statuses.${state}`)}
            count={props.counts?.by_state[state]}
          />
        )}
      </For>
    </TabBar>
  );

  function Tab(tab: { state: JobState | undefined; label: string; count: number | undefined }) {
    const written = (count: number) => {
      const number = i18n.format().number(count);
      return props.counts?.is_partial ? i18n.t('batches.orMore', number) : number;
    };
    return (
      <a
        class="tab"
        href={paths.batches({ ...props.filters, state: tab.state })}
        aria-current={props.filters.state === tab.state ? 'page' : undefined}
        noScroll
      >
        {tab.label}
        <Show when={tab.count !== undefined}>
          <span class="tab-count">{written(tab.count ?? 0)}</span>
        </Show>
      </a>
    );
  }
}
