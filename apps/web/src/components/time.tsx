import { useI18n } from '../i18n/i18n.tsx';
import { useApp } from '../state/app-state.tsx';

/** How long ago something was; the exact time when pointed at, and for programs. */
export function Time(props: { at: number }) {
  const i18n = useI18n();
  const app = useApp();
  return (
    <time dateTime={new Date(props.at * 1_000).toISOString()} title={i18n.format().exactDate(props.at)}>
      {i18n.format().relative(props.at, app.now()) ?? i18n.t('common.justNow')}
    </time>
  );
}
