import { A, useNavigate } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { EmptyState } from '../../components/empty-state.tsx';
import { WithCode } from '../../components/with-code.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { paths } from '../../routes.ts';
import { useApp } from '../../state/app-state.tsx';
import { toastWhile } from '../../state/toasts.ts';
import { makeSampleBatch } from './sample-batch.ts';

/** What is shown while there was never a batch: what one is, and two ways to the first. */
export function FirstVisit(props: { provider: 'openai' | 'local' | undefined }) {
  const i18n = useI18n();
  const app = useApp();
  const navigate = useNavigate();
  const [isSending, setIsSending] = createSignal(false);

  async function trySample(): Promise<void> {
    if (isSending()) return;
    setIsSending(true);
    const result = await toastWhile(app.api.job.create.mutate(makeSampleBatch(i18n)), {
      pending: i18n.t('overview.sampleSending'),
      done: () => i18n.t('overview.sampleSent'),
      failed: i18n.failure,
    });
    setIsSending(false);
    if ('done' in result) navigate(paths.batch(result.done.id));
  }

  return (
    <>
      <EmptyState title={i18n.t('overview.firstTitle')} hint={i18n.t('overview.firstHint')}>
        <A class="button primary" href={paths.create()}>
          {i18n.t('shell.newBatch')}
        </A>
        <button type="button" aria-disabled={isSending()} onClick={() => void trySample()}>
          {i18n.t('overview.sample')}
        </button>
      </EmptyState>
      <Show when={props.provider}>
        {(provider) => (
          <p class="quiet small first-hint">
            <WithCode
              text={i18n.t(provider() === 'local' ? 'overview.sampleLocal' : 'overview.sampleOpenai')}
            />
          </p>
        )}
      </Show>
    </>
  );
}
