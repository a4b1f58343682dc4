import { LIMITS } from '@batchdesk/shared';
import type { CreateBatchInput } from '@batchdesk/shared';
import { createMemo } from 'solid-js';
import { createStore } from 'solid-js/store';
import { buildRequests, readPrompts } from './build-requests.ts';
import { PROMPT_ENDPOINTS, modelsOf } from './endpoints.ts';
import type { PromptEndpoint } from './endpoints.ts';

/** What keeps a draft from being sent. */
export type DraftProblem = 'no_model' | 'no_prompts' | 'too_many_prompts';

interface DraftFields {
  endpoint: PromptEndpoint;
  model: string;
  name: string;
  /** One a line. */
  prompts: string;
}

/** A batch that is being written. */
export type Draft = ReturnType<typeof createDraft>;

/** Keeps what the form holds. */
export function createDraft() {
  const [fields, setFields] = createStore<DraftFields>({
    endpoint: PROMPT_ENDPOINTS[0].url,
    model: PROMPT_ENDPOINTS[0].models[0],
    name: '',
    prompts: '',
  });
  const prompts = createMemo(() => readPrompts(fields.prompts));

  /** Takes the endpoint, and its usual model: hardly any model answers at two. */
  function setEndpoint(next: PromptEndpoint): void {
    setFields({ endpoint: next, model: modelsOf(next)[0] });
  }

  function problem(): DraftProblem | null {
    if (fields.model.trim() === '') return 'no_model';
    if (prompts().length === 0) return 'no_prompts';
    return prompts().length > LIMITS.requestsPerBatch ? 'too_many_prompts' : null;
  }

  function toInput(): CreateBatchInput {
    const target = { endpoint: fields.endpoint, model: fields.model.trim() };
    const name = fields.name.trim();
    return {
      endpoint: target.endpoint,
      requests: buildRequests(prompts(), target),
      ...(name === '' ? {} : { metadata: { batch_name: name } }),
    };
  }

  return {
    fields,
    promptCount: () => prompts().length,
    problem,
    toInput,
    setEndpoint,
    setModel: (model: string) => setFields({ model }),
    setName: (name: string) => setFields({ name }),
    setPrompts: (text: string) => setFields({ prompts: text }),
    /** Empties what belongs to one batch; endpoint and model stay for the next. */
    clear: () => setFields({ name: '', prompts: '' }),
  };
}
