import { createSignal } from 'solid-js';
import { Field } from '../../components/field.tsx';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toast } from '../../state/toasts.ts';
import { createSaving } from './create-saving.ts';
import { DialogForm } from './dialog-form.tsx';
import { ModelField } from './model-field.tsx';

/** What is asked anew when costs have changed. */
const COSTED = [['jobs'], ['stats'], ['budget']];

/** Costs batches again with the prices as they are now: all of them, or those of a model or since a day. */
export function RecostBatches(props: { onClose: () => void }) {
  const i18n = useI18n();
  const app = useApp();
  const saving = createSaving();
  const [model, setModel] = createSignal('');
  const [since, setSince] = createSignal('');

  async function recost(): Promise<void> {
    const input = {
      ...(model().trim() ? { model: model().trim() } : {}),
      ...(since() ? { from: Date.parse(since()) / 1000 } : {}),
    };
    const saved = await saving.save(() => app.api.prices.recost.mutate(input));
    if (!saved) return;
    props.onClose();
    for (const queryKey of COSTED) void app.client.invalidateQueries({ queryKey });
    await toast(i18n.t('costs.recosted', saved.done.batches, saved.done.changed));
  }

  return (
    <DialogForm
      title={i18n.t('costs.recostQuestion')}
      action={saving.isSaving() ? i18n.t('costs.recosting') : i18n.t('costs.recostNow')}
      saving={saving}
      onSubmit={() => void recost()}
      onClose={() => props.onClose()}
    >
      <p class="wide">{i18n.t('costs.recostHint')}</p>
      <ModelField
        id="recost-model"
        label={i18n.t('costs.onlyModel')}
        aside={i18n.t('common.optional')}
        value={model()}
        onInput={setModel}
      />
      <Field wide id="recost-since" label={i18n.t('costs.onlySince')} aside={i18n.t('common.optional')}>
        <input
          id="recost-since"
          type="date"
          value={since()}
          onInput={(event) => setSince(event.currentTarget.value)}
        />
      </Field>
    </DialogForm>
  );
}
