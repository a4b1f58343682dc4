import { Show, createSignal } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { useAnnounce } from './announcer.tsx';

interface CancelBatchProps {
  batchId: string;
  dashboard: Dashboard;
  /** Called when the server has answered, with what went wrong. */
  onEnd: (failure: Failure | null) => void;
}

/** Cancels a batch after asking once more, in place. */
export function CancelBatch(props: CancelBatchProps) {
  const i18n = useI18n();
  const announce = useAnnounce();
  const [step, setStep] = createSignal<'idle' | 'asking' | 'sending'>('idle');
  let cancelButton: HTMLButtonElement | undefined;
  let keepButton: HTMLButtonElement | undefined;

  function ask(): void {
    setStep('asking');
    keepButton?.focus();
  }

  function keep(): void {
    setStep('idle');
    cancelButton?.focus();
  }

  async function cancel(): Promise<void> {
    if (step() === 'sending') return;
    const { batchId, onEnd } = props; // the row can be gone when the answer comes
    setStep('sending');
    const result = await props.dashboard.cancelBatch(batchId);
    setStep('idle');
    if ('done' in result) announce(i18n.t().cancelAsked(batchId));
    onEnd('failure' in result ? result.failure : null);
  }

  return (
    <Show
      when={step() !== 'idle'}
      fallback={
        <button ref={(element) => (cancelButton = element)} type="button" class="plain" onClick={ask}>
          {i18n.t().cancel} <span class="visually-hidden">{i18n.t().batchById(props.batchId)}</span>
        </button>
      }
    >
      <div
        class="confirm"
        role="group"
        aria-label={i18n.t().cancelQuestion}
        onKeyDown={(event) => event.key === 'Escape' && step() === 'asking' && keep()}
      >
        <p>{i18n.t().cancelQuestion}</p>
        <button
          type="button"
          class="danger"
          aria-disabled={step() === 'sending'}
          onClick={() => void cancel()}
        >
          {step() === 'sending' ? i18n.t().cancelling : i18n.t().confirmCancel}
        </button>
        <Show when={step() === 'asking'}>
          <button ref={(element) => (keepButton = element)} type="button" onClick={keep}>
            {i18n.t().keepBatch}
          </button>
        </Show>
      </div>
    </Show>
  );
}
