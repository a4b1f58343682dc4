import type { Batch } from '@batchdesk/shared';
import { Match, Suspense, Switch, createEffect, lazy, on } from 'solid-js';
import type { Accessor, JSX } from 'solid-js';
import { useAnnounce } from '../../components/announcer.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import type { BatchTab } from '../../routes.ts';
import { BatchTabs } from './batch-tabs.tsx';
import { createBatches, createJobQuery } from './create-batch-data.ts';
import type { BatchData } from './create-batch-data.ts';
import { Figures } from './figures/figures.tsx';
import { BatchHead } from './head/batch-head.tsx';
import { BatchProgress } from './progress/batch-progress.tsx';
import { Timeline } from './timeline/timeline.tsx';

const RequestsTab = lazy(async () => ({
  default: (await import('./requests/requests-tab.tsx')).RequestsTab,
}));
const ErrorsTab = lazy(async () => ({ default: (await import('./errors/errors-tab.tsx')).ErrorsTab }));
const PartsTab = lazy(async () => ({ default: (await import('./parts/parts-tab.tsx')).PartsTab }));
const FilesTab = lazy(async () => ({ default: (await import('./files/files-tab.tsx')).FilesTab }));
const ActivityTab = lazy(async () => ({
  default: (await import('./activity/activity-tab.tsx')).ActivityTab,
}));
const CodeTab = lazy(async () => ({ default: (await import('./code/code-tab.tsx')).CodeTab }));
const RawTab = lazy(async () => ({ default: (await import('./raw/raw-tab.tsx')).RawTab }));

interface BatchViewProps {
  jobId: string;
  tab: BatchTab;
  /** What stands there when it cannot be shown. */
  fallback: (thrown: unknown, retry: () => void) => JSX.Element;
}

/** A batch, once it is there. It stays while a later question fails. */
export function BatchView(props: BatchViewProps) {
  const query = createJobQuery(() => props.jobId);
  return (
    <Switch fallback={<Arriving />}>
      <Match when={query.isError && query.data === undefined}>
        {props.fallback(query.error, () => void query.refetch())}
      </Match>
      <Match when={!query.isPending && query.data}>
        {(data) => <LoadedBatch data={data()} tab={props.tab} />}
      </Match>
    </Switch>
  );
}

function Arriving() {
  const i18n = useI18n();
  return (
    <div class="page">
      <PageHead title={i18n.t('batch.title')} />
      <Skeleton lines={8} />
    </div>
  );
}

function LoadedBatch(props: { data: BatchData; tab: BatchTab }) {
  const i18n = useI18n();
  const announce = useAnnounce();
  const batches = createBatches(() => props.data);
  const job = () => props.data.job;
  const sources = () => ({ job: job(), submissions: props.data.submissions, batches: batches() });
  createEffect(
    on(
      () => job().state,
      (state) => announce(i18n.t('batch.stateIs', i18n.t(`common.statuses.${state}`))),
      { defer: true },
    ),
  );
  return (
    <div class="page batch-page">
      <BatchHead sources={sources()} />
      <div class="batch-summary">
        <BatchProgress sources={sources()} />
        <Timeline sources={sources()} />
        <Figures sources={sources()} />
      </div>
      <section class="batch-parts" aria-label={i18n.t(`batch.tabs.${props.tab}`)}>
        <BatchTabs data={props.data} tab={props.tab} />
        <Suspense fallback={<Skeleton lines={6} />}>
          <TabContent data={props.data} batches={batches} tab={props.tab} />
        </Suspense>
      </section>
    </div>
  );
}

function TabContent(props: { data: BatchData; batches: Accessor<readonly Batch[]>; tab: BatchTab }) {
  return (
    <Switch>
      <Match when={props.tab === 'requests'}>
        <RequestsTab job={props.data.job} />
      </Match>
      <Match when={props.tab === 'errors'}>
        <ErrorsTab job={props.data.job} />
      </Match>
      <Match when={props.tab === 'parts'}>
        <PartsTab data={props.data} />
      </Match>
      <Match when={props.tab === 'files'}>
        <FilesTab job={props.data.job} />
      </Match>
      <Match when={props.tab === 'activity'}>
        <ActivityTab job={props.data.job} />
      </Match>
      <Match when={props.tab === 'code'}>
        <CodeTab job={props.data.job} />
      </Match>
      <Match when={props.tab === 'raw'}>
        <RawTab data={props.data} batches={props.batches()} />
      </Match>
    </Switch>
  );
}
