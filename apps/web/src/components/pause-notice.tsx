import type { Health } from '@batchdesk/shared';
import { useI18n } from '../i18n/i18n.tsx';
import { useApp } from '../state/app-state.tsx';
import { toastWhile } from '../state/toasts.ts';
import { WithCode } from './with-code.tsx';

/** Says why nothing is sent to the provider, and tries again when asked. */
export function PauseNotice(props: { pause: NonNullable<Health['provider']['paused']> }) {
  const i18n = useI18n();
  const app = useApp();
  const hint = () => {
    const { code, message } = props.pause;
    return isExplained(code) ? i18n.t(`shell.pauseHints.${code}`) : message;
  };

  async function tryNow(): Promise<void> {
    await toastWhile(app.api.provider.resume.mutate(), {
      pending: i18n.t('common.loading'),
      done: () => i18n.t('shell.tried'),
      failed: i18n.failure,
    });
    await app.client.invalidateQueries({ queryKey: ['health'] });
  }

  return (
    <section class="notice notice-failure" aria-label={i18n.t('shell.provider')}>
      <p>
        <strong>{i18n.t('shell.paused', i18n.format().date(props.pause.since))}</strong>{' '}
        <WithCode text={hint()} /> {i18n.t('shell.pauseGoesOn', i18n.format().time(props.pause.probe_at))}
      </p>
      <button type="button" onClick={() => void tryNow()}>
        {i18n.t('shell.tryNow')}
      </button>
    </section>
  );
}

const EXPLAINED = ['insufficient_quota', 'provider_unauthorized'] as const;

function isExplained(code: string): code is (typeof EXPLAINED)[number] {
  return EXPLAINED.some((known) => known === code);
}
