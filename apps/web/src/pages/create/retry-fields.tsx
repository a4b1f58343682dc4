import { For } from 'solid-js';
import { RETRIED_OUTCOMES } from '../../create/draft.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { useForm } from './form-context.tsx';
import { TextField } from './form-field.tsx';

/** What is sent again by itself, and how often. */
export function RetryFields() {
  const i18n = useI18n();
  const { draft } = useForm();
  return (
    <fieldset class="group">
      <legend>{i18n.t('create.retries')}</legend>
      <div class="fields">
        <TextField
          field="attempts"
          label={i18n.t('create.attempts')}
          hint={i18n.t('create.attemptsHint')}
          inputMode="numeric"
        />
        <TextField
          field="codes"
          label={i18n.t('create.codes')}
          aside={i18n.t('common.optional')}
          hint={i18n.t('create.codesHint')}
        />
      </div>
      <div role="group" aria-labelledby="outcomes-title" class="checks">
        <b id="outcomes-title">{i18n.t('create.outcomes')}</b>
        <For each={RETRIED_OUTCOMES}>
          {(outcome) => (
            <label class="check">
              <input
                type="checkbox"
                checked={draft.fields.outcomes.includes(outcome)}
                onChange={(event) => {
                  const { checked } = event.currentTarget;
                  const outcomes = RETRIED_OUTCOMES.filter((other) =>
                    other === outcome ? checked : draft.fields.outcomes.includes(other),
                  );
                  draft.set({ outcomes });
                }}
              />
              {i18n.t(`create.retried.${outcome}`)}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
