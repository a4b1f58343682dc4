import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';

/** Chooses between what is known here and what the provider lists. */
export function SourceSwitch(props: { isProvider: boolean }) {
  const i18n = useI18n();
  return (
    <nav class="source-switch" aria-label={i18n.t('batches.sources.label')}>
      <a href={paths.batches()} aria-current={props.isProvider ? undefined : 'page'}>
        {i18n.t('batches.sources.here')}
      </a>
      <a href={paths.providerBatches()} aria-current={props.isProvider ? 'page' : undefined}>
        {i18n.t('batches.sources.api')}
      </a>
    </nav>
  );
}
