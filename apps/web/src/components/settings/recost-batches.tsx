import { Show, createSignal } from 'solid-js';
import type { Failure } from '../../api/failure.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Dashboard } from '../../state/create-dashboard.ts';
import { FailureNotice } from '../failure-notice.tsx';
import { Field } from '../field.tsx';
import { Modal } from './modal.tsx';

interface RecostBatchesProps {
  dashboard: Dashboard;
  onDone: (sentence: string) => void;
  onClosed: () => void;
}

/** Costs batches again with the prices as they are now: all of them, or those of a model or since a day. */
export function RecostBatches(props: RecostBatchesProps) {
  const i18n = useI18n();
  const [model, setModel] = createSignal('');
  const [since, setSince] = createSignal('');
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isSending, setSending] = createSignal(false);

  async function submit(event: SubmitEvent, close: () => void): Promise<void> {
    event.preventDefault();
    if (isSending()) return;
    setSending(true);
    const answer = await props.dashboard.recost({
      ...(model().trim() ? { model: model().trim() } : {}),
      ...(since() ? { from: Date.parse(since()) / 1000 } : {}),
    });
    setSending(false);
    if ('failure' in answer) return void setFailure(answer.failure);
    props.onDone(i18n.t().recosted(answer.done.batches, answer.done.changed));
    close();
  }

  return (
    <Modal id="recost" title={i18n.t().recostQuestion} onClosed={props.onClosed}>
      {(close) => (
        <form class="price-fields" noValidate onSubmit={(event) => void submit(event, close)}>
          <p>{i18n.t().recostHint}</p>
          <Field wide id="recost-model" label={i18n.t().onlyModel} aside={i18n.t().optional}>
            <input
              id="recost-model"
              class="mono"
              autocomplete="off"
              spellcheck={false}
              maxLength={500}
              value={model()}
              onInput={(event) => setModel(event.currentTarget.value)}
            />
          </Field>
          <Field wide id="recost-since" label={i18n.t().onlySince} aside={i18n.t().optional}>
            <input
              id="recost-since"
              type="date"
              value={since()}
              onInput={(event) => setSince(event.currentTarget.value)}
            />
          </Field>
          <Show when={failure()}>{(refused) => <FailureNotice failure={refused()} />}</Show>
          <div class="form-end">
            <button type="submit" class="primary" aria-disabled={isSending()}>
              {isSending() ? i18n.t().recosting : i18n.t().recostNow}
            </button>
            <button type="button" onClick={close}>
              {i18n.t().dismiss}
            </button>
          </div>
        </form>
      )}
    </Modal>
  );
}
