import { LIMITS } from '@batchdesk/shared';
import { For, Show, createSignal } from 'solid-js';
import type { Failure } from '../api/failure.ts';
import type { Draft, DraftProblem } from '../create/create-draft.ts';
import { PROMPT_ENDPOINTS, modelsOf } from '../create/endpoints.ts';
import type { PromptEndpoint } from '../create/endpoints.ts';
import { useI18n } from '../i18n/i18n.tsx';
import type { Dashboard } from '../state/create-dashboard.ts';
import { useAnnounce } from './announcer.tsx';
import { EstimatePanel } from './estimate-panel.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { Field } from './field.tsx';

/** Makes a batch of prompts, one a line. */
export function CreateForm(props: { draft: Draft; dashboard: Dashboard }) {
  const i18n = useI18n();
  const announce = useAnnounce();
  const [isSending, setIsSending] = createSignal(false);
  const [problem, setProblem] = createSignal<DraftProblem | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [createdId, setCreatedId] = createSignal<string | null>(null);
  let modelInput: HTMLInputElement | undefined;
  let promptsInput: HTMLTextAreaElement | undefined;

  const tooMany = () => props.draft.promptCount() > LIMITS.requestsPerBatch;
  const promptsProblem = () => {
    if (tooMany()) return i18n.t().tooManyPrompts(props.draft.promptCount(), LIMITS.requestsPerBatch);
    return problem() === 'no_prompts' && props.draft.promptCount() === 0 ? i18n.t().noPrompts : null;
  };
  const modelProblem = () =>
    problem() === 'no_model' && props.draft.fields.model.trim() === '' ? i18n.t().noModel : null;

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isSending()) return;
    setFailure(null);
    setCreatedId(null);
    const found = props.draft.problem();
    setProblem(found);
    if (found) return (found === 'no_model' ? modelInput : promptsInput)?.focus();
    setIsSending(true);
    const result = await props.dashboard.createBatch(props.draft.toInput());
    setIsSending(false);
    if ('failure' in result) return void setFailure(result.failure);
    props.draft.clear();
    setCreatedId(result.done.id);
    announce(i18n.t().created(result.done.id));
  }

  return (
    <section class="panel create" aria-labelledby="create-title">
      <h2 id="create-title">{i18n.t().newBatch}</h2>
      <form class="create-fields" noValidate onSubmit={(event) => void submit(event)}>
        <Field id="endpoint" label={i18n.t().endpoint}>
          <select
            id="endpoint"
            class="mono"
            value={props.draft.fields.endpoint}
            onChange={(event) => props.draft.setEndpoint(event.currentTarget.value as PromptEndpoint)}
          >
            <For each={PROMPT_ENDPOINTS}>{({ url }) => <option value={url}>{url}</option>}</For>
          </select>
        </Field>
        <Field id="model" label={i18n.t().model} problem={modelProblem()}>
          <input
            ref={(element) => (modelInput = element)}
            id="model"
            class="mono"
            list="models"
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            aria-required="true"
            aria-invalid={modelProblem() !== null}
            aria-describedby="model-problem"
            value={props.draft.fields.model}
            onInput={(event) => props.draft.setModel(event.currentTarget.value)}
          />
          <datalist id="models">
            <For each={modelsOf(props.draft.fields.endpoint)}>{(model) => <option value={model} />}</For>
          </datalist>
        </Field>
        <Field id="batch-name" label={i18n.t().batchName} aside={i18n.t().optional}>
          <input
            id="batch-name"
            autocomplete="off"
            maxLength={LIMITS.metadataValueCharacters}
            value={props.draft.fields.name}
            onInput={(event) => props.draft.setName(event.currentTarget.value)}
          />
        </Field>
        <Field
          id="prompts"
          label={i18n.t().prompts}
          aside={i18n.t().promptCount(props.draft.promptCount())}
          hint={i18n.t().promptsHint}
          problem={promptsProblem()}
        >
          <textarea
            ref={(element) => (promptsInput = element)}
            id="prompts"
            rows={8}
            aria-required="true"
            aria-invalid={promptsProblem() !== null}
            aria-describedby="prompts-hint prompts-problem"
            value={props.draft.fields.prompts}
            onInput={(event) => props.draft.setPrompts(event.currentTarget.value)}
          />
        </Field>
        <EstimatePanel draft={props.draft} dashboard={props.dashboard} />
        <Show when={failure()}>{(value) => <FailureNotice failure={value()} />}</Show>
        <div class="create-end">
          <button type="submit" class="primary" aria-disabled={isSending()}>
            {isSending() ? i18n.t().creating : i18n.t().createBatch}
          </button>
          <Show when={createdId()}>{(id) => <p class="success">{i18n.t().created(id())}</p>}</Show>
        </div>
      </form>
    </section>
  );
}
