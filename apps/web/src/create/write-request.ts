import { PROMPT_FIELD, parseTemplate } from '@batchdesk/shared/input';
import type { Template, TemplateProblem } from '@batchdesk/shared/input';
import type { PromptEndpoint } from './endpoints.ts';
import type { TableRow } from './table.ts';

/** What is made of each row. `prompt`, `system` and `customId` are templates, see `parseTemplate`. */
export interface RequestTarget {
  endpoint: PromptEndpoint;
  model: string;
  prompt: string;
  /** Empty: none. Of use for chat completions and responses only. */
  system: string;
  customId: string;
  /** The longest answer, in tokens; `null`: no limit. Of use where there are answers of tokens. */
  maxTokens: number | null;
}

/** What keeps a target from being used for any row. */
export type TargetProblem =
  | { code: 'no_model' }
  | (TemplateProblem & { field: 'prompt' | 'system' | 'customId' });

/** A request made of a row. */
export interface MadeRequest {
  custom_id: string;
  prompt: string;
  /** Its line of JSONL, without the line break. */
  line: string;
}

/** Makes requests of rows. */
export type RequestWriter = (row: TableRow) => MadeRequest;

/** The field that limits the answer. Source: the reference page of each endpoint. */
const MAX_TOKENS_FIELD: Record<PromptEndpoint, string | null> = {
  '/v1/chat/completions': 'max_completion_tokens',
  '/v1/responses': 'max_output_tokens',
  '/v1/embeddings': null,
  '/v1/completions': 'max_tokens',
  '/v1/moderations': null,
};

/** Whether an endpoint takes a system prompt. */
export function takesSystem(endpoint: PromptEndpoint): boolean {
  return endpoint === '/v1/chat/completions' || endpoint === '/v1/responses';
}

/** Whether the answers of an endpoint can be limited in tokens. */
export function takesMaxTokens(endpoint: PromptEndpoint): boolean {
  return MAX_TOKENS_FIELD[endpoint] !== null;
}

/** Makes a writer for rows of these columns, or tells all that is wrong with the target. */
export function compileTarget(
  target: RequestTarget,
  columns: readonly string[],
): { write: RequestWriter } | { problems: TargetProblem[] } {
  const problems: TargetProblem[] = [];
  const model = target.model.trim();
  if (model === '') problems.push({ code: 'no_model' });
  const parse = (field: 'prompt' | 'system' | 'customId'): Template => {
    const parsed = parseTemplate(target[field], columns);
    if ('template' in parsed) return parsed.template;
    for (const problem of parsed.problems) problems.push({ ...problem, field });
    return { render: () => '' };
  };
  const prompt = parse('prompt');
  const customId = parse('customId');
  const system = takesSystem(target.endpoint) && target.system.trim() !== '' ? parse('system') : null;
  if (problems.length > 0) return { problems };

  const { endpoint, maxTokens } = target;
  const maxTokensField = MAX_TOKENS_FIELD[endpoint];
  const limit = maxTokensField && maxTokens !== null ? { [maxTokensField]: maxTokens } : {};
  return {
    write(row) {
      const custom_id = customId.render(row);
      const text = prompt.render(row);
      const texts = toBody(endpoint, text, system?.render(row));
      const request = { custom_id, method: 'POST', url: endpoint, body: { model, ...texts, ...limit } };
      return { custom_id, prompt: text, line: JSON.stringify(request) };
    },
  };
}

function toBody(endpoint: PromptEndpoint, prompt: string, system: string | undefined): object {
  if (endpoint === '/v1/chat/completions') {
    const instructions = system === undefined ? [] : [{ role: 'system', content: system }];
    return { messages: [...instructions, { role: 'user', content: prompt }] };
  }
  const instructions = system === undefined ? {} : { instructions: system };
  return { ...instructions, [PROMPT_FIELD[endpoint]!]: prompt };
}
