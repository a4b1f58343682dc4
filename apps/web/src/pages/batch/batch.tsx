import { A, Navigate, useParams } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { toFailure } from '../../api/failure.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureNotice } from '../../components/failure-notice.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { BATCH_TABS, paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';
import { BatchView } from './batch-view.tsx';
import './batch.css';

/** One batch: the address names it, or one of the provider's batches that it is made of. */
export function Batch() {
  const params = useParams<{ job_id: string; tab?: string }>();
  const tab = () => BATCH_TABS.find((known) => known === params.tab) ?? BATCH_TABS[0];
  return (
    <Show when={params.job_id} keyed>
      {(id) => (
        <Show when={id.startsWith('job_')} fallback={<OfProvider batchId={id} tab={tab()} />}>
          <BatchView
            jobId={id}
            tab={tab()}
            fallback={(thrown, retry) => <Unavailable thrown={thrown} onRetry={retry} />}
          />
        </Show>
      )}
    </Show>
  );
}

/** Goes on to the batch that one of the provider's belongs to. */
function OfProvider(props: { batchId: string; tab: (typeof BATCH_TABS)[number] }) {
  const app = useApp();
  const query = useQuery(() => ({
    ...app.queries.jobOfBatch(props.batchId),
    refetchInterval: false,
    staleTime: Infinity,
  }));
  return (
    <Switch fallback={<Skeleton lines={8} />}>
      <Match when={query.isError}>
        <Unavailable thrown={query.error} onRetry={() => void query.refetch()} />
      </Match>
      <Match when={query.isSuccess && query.data}>
        {(jobId) => <Navigate href={paths.batch(jobId(), props.tab)} />}
      </Match>
    </Switch>
  );
}

const UNKNOWN: readonly string[] = ['job_not_found', 'batch_not_found', 'invalid_value'];

/** Stands where a batch cannot be shown: there is none, or it could not be loaded. */
function Unavailable(props: { thrown: unknown; onRetry: () => void }) {
  const i18n = useI18n();
  const failure = () => toFailure(props.thrown);
  const isUnknown = () => {
    const known = failure();
    return known.kind === 'refused' && UNKNOWN.includes(known.error.code);
  };
  return (
    <div class="page">
      <PageHead title={i18n.t('batch.title')} />
      <Show
        when={isUnknown()}
        fallback={<FailureNotice failure={failure()} onRetry={() => props.onRetry()} />}
      >
        <EmptyState title={i18n.t('batch.notFound')} hint={i18n.t('batch.notFoundHint')}>
          <A class="button" href={paths.batches()}>
            {i18n.t('batch.toBatches')}
          </A>
        </EmptyState>
      </Show>
    </div>
  );
}
