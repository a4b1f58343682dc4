import type { ModelLimitView } from '@batchdesk/shared';
import { Show, createSignal, untrack } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { toast } from '../../state/toasts.ts';
import { createSaving } from './create-saving.ts';
import { DecimalField } from './decimal-field.tsx';
import { DialogForm } from './dialog-form.tsx';
import { ModelField } from './model-field.tsx';
import { readTokenCount } from './token-count.ts';

interface LimitFormProps {
  /** The limit to change; null for that of a model to be named. */
  initial: ModelLimitView | null;
  onClose: () => void;
}

/** Sets how many tokens of a model may be enqueued at once. */
export function LimitForm(props: LimitFormProps) {
  const i18n = useI18n();
  const app = useApp();
  const saving = createSaving();
  const initial = untrack(() => props.initial);
  const [model, setModel] = createSignal(initial?.model ?? '');
  const [tokens, setTokens] = createSignal(
    initial?.enqueued_tokens ? i18n.format().number(initial.enqueued_tokens) : '',
  );
  const [isChecked, setIsChecked] = createSignal(false);
  const modelProblem = () =>
    isChecked() && model().trim() === '' ? i18n.t('costs.priceProblems.no_model') : null;
  const tokensProblem = () =>
    isChecked() && readTokenCount(tokens()) === null ? i18n.t('settings.noTokens') : null;

  async function save(): Promise<void> {
    setIsChecked(true);
    const named = model().trim();
    const enqueued_tokens = readTokenCount(tokens());
    if (named === '' || enqueued_tokens === null) return;
    const saved = await saving.save(() => app.api.limits.set.mutate({ model: named, enqueued_tokens }));
    if (!saved) return;
    props.onClose();
    void app.client.invalidateQueries({ queryKey: ['limits'] });
    await toast(i18n.t('settings.limitSaved', named));
  }

  return (
    <DialogForm
      title={initial ? i18n.t('settings.limitOf', initial.model) : i18n.t('settings.addLimit')}
      action={i18n.t('common.save')}
      saving={saving}
      onSubmit={() => void save()}
      onClose={() => props.onClose()}
    >
      <Show when={initial === null}>
        <ModelField
          id="limit-model"
          label={i18n.t('costs.model')}
          problem={modelProblem()}
          value={model()}
          onInput={setModel}
        />
      </Show>
      <DecimalField
        id="limit-tokens"
        label={i18n.t('settings.limitTokens')}
        hint={i18n.t('settings.limitTokensHint')}
        required
        value={tokens()}
        problem={tokensProblem()}
        onInput={setTokens}
      />
    </DialogForm>
  );
}
