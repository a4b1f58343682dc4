import { For, Show } from 'solid-js';
import { useQuery } from '../../api/use-query.ts';
import { PROMPT_ENDPOINTS, modelsOf } from '../../create/endpoints.ts';
import type { PromptEndpoint } from '../../create/endpoints.ts';
import { takesSystem } from '../../create/write-request.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import { useApp } from '../../state/app-state.tsx';
import { useForm } from './form-context.tsx';
import { TextField } from './form-field.tsx';
import { TemplateField } from './template-field.tsx';

interface TargetFieldsProps {
  /** Told which field the cursor is in. */
  onFocusSystem?: (element: HTMLTextAreaElement) => void;
}

/** Where prompts go: endpoint, model and system prompt. */
export function TargetFields(props: TargetFieldsProps) {
  const i18n = useI18n();
  const app = useApp();
  const { draft } = useForm();
  const prices = useQuery(() => ({ ...app.queries.prices(), refetchInterval: false as const }));
  const models = () => {
    const usual = modelsOf(draft.fields.endpoint);
    const priced = prices.isSuccess ? prices.data.prices.map(({ model }) => model) : [];
    return [...new Set([...usual, ...priced])];
  };
  return (
    <>
      <div class="fields">
        <div class="field">
          <label for="create-endpoint">{i18n.t('create.endpoint')}</label>
          <select
            id="create-endpoint"
            value={draft.fields.endpoint}
            onChange={(event) => draft.setEndpoint(event.currentTarget.value as PromptEndpoint)}
          >
            <For each={PROMPT_ENDPOINTS}>{({ url }) => <option value={url}>{url}</option>}</For>
          </select>
        </div>
        <TextField field="model" label={i18n.t('create.model')} suggestions={models()} />
      </div>
      <Show when={takesSystem(draft.fields.endpoint)}>
        <TemplateField
          id="create-system"
          label={i18n.t('create.system')}
          aside={i18n.t('common.optional')}
          hint={i18n.t('create.systemHint')}
          rows={2}
          value={draft.fields.system}
          onInput={(system) => draft.set({ system })}
          onFocus={(element) => props.onFocusSystem?.(element)}
        />
      </Show>
    </>
  );
}
