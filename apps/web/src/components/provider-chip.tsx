import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { useQuery } from '../api/use-query.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { paths } from '../routes.ts';
import { useApp } from '../state/app-state.tsx';

/** Says on every page that no model is called, while that is so. */
export function ProviderChip() {
  const i18n = useI18n();
  const app = useApp();
  const health = useQuery(() => app.queries.health());
  return (
    <Show when={health.isSuccess && health.data.provider.name === 'local'}>
      <A class="provider-chip" href={paths.settings()} title={i18n.t('shell.localHint').replaceAll('`', '')}>
        {i18n.t('shell.local')}
      </A>
    </Show>
  );
}
