import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { TabBar } from '../../components/tab-bar.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { BATCH_TABS, paths } from '../../routes.ts';
import type { BatchTab } from '../../routes.ts';
import type { BatchData } from './create-batch-data.ts';
import { countUnsuccessful } from './job-facts.ts';
import { wasReplaced } from './parts/part-errors.ts';

/** What there is of a batch, each under an address of its own. */
export function BatchTabs(props: { data: BatchData; tab: BatchTab }) {
  const i18n = useI18n();
  const count = (tab: BatchTab): number | null => {
    if (tab === 'requests') return props.data.job.counts.total;
    if (tab === 'errors') return countUnsuccessful(props.data.job);
    return tab === 'parts' ? props.data.submissions.length : null;
  };
  const isThere = (tab: BatchTab) => {
    if (tab === props.tab) return true;
    if (tab === 'parts') return props.data.submissions.length > 1;
    return tab !== 'errors' || hasErrors(props.data);
  };
  return (
    <TabBar label={i18n.t('batch.sections')} active={props.tab}>
      <For each={BATCH_TABS.filter(isThere)}>
        {(tab) => (
          <A class="tab" href={paths.batch(props.data.job.id, tab)} end noScroll>
            {i18n.t(`batch.tabs.${tab}`)}
            <Show when={count(tab)}>
              {(number) => <span class="tab-count">{i18n.format().compact(number())}</span>}
            </Show>
          </A>
        )}
      </For>
    </TabBar>
  );
}

/** Batches may fail as a whole, before a request has an outcome; what was replaced is no error. */
function hasErrors({ job, submissions }: BatchData): boolean {
  if (countUnsuccessful(job) > 0) return true;
  return submissions.some(
    (submission) =>
      !wasReplaced(submission) && (submission.error !== null || submission.batch_status === 'failed'),
  );
}
