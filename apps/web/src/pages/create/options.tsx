import { Show, createEffect, createSignal } from 'solid-js';
import { takesMaxTokens } from '../../create/write-request.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { countOptions } from './count-options.ts';
import { OPTION_FIELDS } from './find-problems.ts';
import { useForm } from './form-context.tsx';
import { TextField } from './form-field.tsx';
import { MetadataFields } from './metadata-fields.tsx';
import { RetryFields } from './retry-fields.tsx';

/** What hardly any batch needs. */
export function Options() {
  const i18n = useI18n();
  const form = useForm();
  const { draft } = form;
  const [isOpen, setIsOpen] = createSignal(false);
  const isMade = () => draft.fields.mode === 'simple' || draft.fields.mode === 'csv';
  const setCount = () => countOptions(draft.fields);
  // A field that has to be mended is to be seen.
  createEffect(() => {
    if (OPTION_FIELDS.some((field) => form.problemOf(field) !== null)) setIsOpen(true);
  });
  return (
    <details class="options" open={isOpen()} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        {i18n.t('create.options')}
        <Show when={setCount()}>
          {(count) => <span class="quiet"> · {i18n.t('create.optionsSet', count())}</span>}
        </Show>
      </summary>
      <div class="options-body">
        <div class="fields">
          <Show when={isMade() && takesMaxTokens(draft.fields.endpoint)}>
            <TextField
              field="maxTokens"
              label={i18n.t('create.maxTokens')}
              hint={i18n.t('create.maxTokensHint')}
              inputMode="numeric"
            />
          </Show>
          <Show when={draft.fields.mode === 'csv'}>
            <div class="field">
              <label for="create-custom-id">{i18n.t('create.customId')}</label>
              <input
                id="create-custom-id"
                class="mono"
                autocomplete="off"
                spellcheck={false}
                aria-describedby="create-custom-id-hint"
                value={draft.fields.customId}
                onInput={(event) => draft.set({ customId: event.currentTarget.value })}
              />
              <p class="quiet" id="create-custom-id-hint">
                {i18n.t('create.customIdHint')}
              </p>
            </div>
          </Show>
          <TextField
            field="budget"
            label={i18n.t('create.budget')}
            hint={i18n.t('create.budgetHint')}
            inputMode="decimal"
          />
          <TextField
            field="deadline"
            label={i18n.t('create.deadline')}
            hint={i18n.t('create.deadlineHint')}
            type="datetime-local"
          />
        </div>
        <MetadataFields />
        <RetryFields />
      </div>
    </details>
  );
}
