import { useI18n } from '../i18n/i18n.tsx';
import { EmptyState } from './empty-state.tsx';

/** Stands where a part of the page broke: that part only. */
export function BrokenPage(props: { error: unknown }) {
  const i18n = useI18n();
  return (
    <EmptyState title={i18n.t('shell.brokenPage')} hint={String(props.error)}>
      <button type="button" class="primary" onClick={() => location.reload()}>
        {i18n.t('shell.reload')}
      </button>
    </EmptyState>
  );
}
