import type { BatchRequest } from '@batchdesk/shared';
import { assertNever } from '@batchdesk/shared';
import type { PromptEndpoint } from './endpoints.ts';

/** The prompts of a text, one a line; empty lines are none. */
export function readPrompts(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** One request a prompt, with the ids `request-1`, `request-2`, … */
export function buildRequests(
  prompts: readonly string[],
  target: { endpoint: PromptEndpoint; model: string },
): BatchRequest[] {
  return prompts.map((prompt, index) => ({
    custom_id: `request-${index + 1}`,
    method: 'POST',
    url: target.endpoint,
    body: { model: target.model, ...promptOf(prompt, target.endpoint) },
  }));
}

function promptOf(prompt: string, endpoint: PromptEndpoint): Record<string, unknown> {
  switch (endpoint) {
    case '/v1/chat/completions':
      return { messages: [{ role: 'user', content: prompt }] };
    case '/v1/completions':
      return { prompt };
    case '/v1/responses':
    case '/v1/embeddings':
    case '/v1/moderations':
      return { input: prompt };
    default:
      return assertNever(endpoint);
  }
}
