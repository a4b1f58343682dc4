import { Show, createSignal } from 'solid-js';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { hasContent, hasMuch } from './draft-size.ts';
import { useForm } from './form-context.tsx';

/** Forgets what the form holds; asks first when that is much. */
export function StartOver() {
  const i18n = useI18n();
  const form = useForm();
  const { draft } = form;
  const [isAsking, setIsAsking] = createSignal(false);

  function reset(): void {
    const { mode } = draft.fields;
    draft.reset();
    // What the address says stays.
    draft.set({ mode });
    form.setWasTried(false);
  }

  return (
    <Show when={hasContent(draft.fields, draft.files)}>
      <button
        type="button"
        class="plain-button"
        onClick={() => (hasMuch(draft.fields, draft.files) ? setIsAsking(true) : reset())}
      >
        {i18n.t('create.startOver')}
      </button>
      <ConfirmDialog
        isOpen={isAsking()}
        title={i18n.t('create.startOverQuestion')}
        action={i18n.t('create.startOver')}
        isDangerous
        onConfirm={reset}
        onClose={() => setIsAsking(false)}
      >
        <p>{i18n.t('create.startOverHint')}</p>
      </ConfirmDialog>
    </Show>
  );
}
