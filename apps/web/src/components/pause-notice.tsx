import type { Health } from '@batchdesk/shared';
import { Show, createSignal } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { useAnnounce } from './announcer.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { WithCode } from './with-code.tsx';

interface PauseNoticeProps {
  pause: NonNullable<Health['provider']['paused']>;
  dashboard: Dashboard;
}

/** Says that nothing is sent for now, what to mend, and that it goes on by itself. */
export function PauseNotice(props: PauseNoticeProps) {
  const i18n = useI18n();
  const announce = useAnnounce();
  const [isSending, setSending] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const ms = (seconds: number) => seconds * 1000;

  function hint(): string {
    const { code, message } = props.pause;
    const hints: Record<string, string> = i18n.t().pauseHints;
    return hints[code] ?? message;
  }

  async function tryNow(): Promise<void> {
    if (isSending()) return;
    setSending(true);
    const result = await props.dashboard.resumeProvider();
    setSending(false);
    setFailure('failure' in result ? result.failure : null);
    if ('done' in result) announce(i18n.t().pauseTried);
  }

  return (
    <div class="banner banner-failure banner-pause">
      <p>
        <strong>{i18n.t().paused(i18n.date(ms(props.pause.since)))}</strong> <WithCode text={hint()} />{' '}
        {i18n.t().pauseGoesOn(i18n.time(ms(props.pause.probe_at)))}
      </p>
      <button type="button" aria-disabled={isSending()} onClick={() => void tryNow()}>
        {i18n.t().tryNow}
      </button>
      <Show when={failure()}>{(refused) => <FailureNotice failure={refused()} />}</Show>
    </div>
  );
}
