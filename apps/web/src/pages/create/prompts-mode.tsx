import { createMemo } from 'solid-js';
import { countPrompts } from '../../create/read-prompts.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { useForm } from './form-context.tsx';
import { FormField } from './form-field.tsx';
import { TargetFields } from './target-fields.tsx';

/** Requests of prompts, one a line. */
export function PromptsMode() {
  const i18n = useI18n();
  const { draft } = useForm();
  const count = createMemo(() => countPrompts(draft.fields.prompts));
  return (
    <>
      <TargetFields />
      <FormField
        field="prompts"
        label={i18n.t('create.prompts')}
        hint={i18n.t('create.promptsHint')}
        aside={i18n.t('create.promptCount', count())}
      >
        {(control) => (
          <textarea
            {...control}
            class="create-text"
            rows={10}
            value={draft.fields.prompts}
            onInput={(event) => draft.set({ prompts: event.currentTarget.value })}
          />
        )}
      </FormField>
    </>
  );
}
