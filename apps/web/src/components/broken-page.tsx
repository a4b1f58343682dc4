import { useI18n } from '../i18n/i18n.tsx';
import { useApp } from '../state/app-state.tsx';
import { EmptyState } from './empty-state.tsx';

/** Stands where a part of the page broke: that part only. */
export function BrokenPage(props: { error: unknown }) {
  const i18n = useI18n();
  const app = useApp();
  return (
    <EmptyState
      title={i18n.t(app.isOutdated() ? 'shell.outdated' : 'shell.brokenPage')}
      hint={app.isOutdated() ? '' : String(props.error)}
    >
      <button type="button" class="primary" onClick={() => location.reload()}>
        {i18n.t('shell.reload')}
      </button>
    </EmptyState>
  );
}
