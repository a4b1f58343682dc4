import { useLocation } from '@solidjs/router';
import { Show } from 'solid-js';
import { PageHead } from '../../components/page-head.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { JobListView } from './job-list-view.tsx';
import { ProviderBatches } from './provider-batches.tsx';
import { SourceSwitch } from './source-switch.tsx';
import './batches.css';
import './jobs-table.css';
import './jobs-table-narrow.css';

/** The list of batches: those known here, or what the provider lists. */
export function Batches() {
  const i18n = useI18n();
  const location = useLocation();
  const isProvider = () => new URLSearchParams(location.search).get('source') === 'api';
  return (
    <div class="page">
      <PageHead title={i18n.t('batches.title')}>
        <SourceSwitch isProvider={isProvider()} />
      </PageHead>
      <Show when={isProvider()} fallback={<JobListView />}>
        <ProviderBatches />
      </Show>
    </div>
  );
}
