import type { BatchEndpoint } from '@batchdesk/shared';

/** An endpoint that takes plain prompts, and the models to offer for it, the usual one first. */
interface PromptEndpointFacts {
  url: BatchEndpoint;
  models: readonly [string, ...string[]];
}

/** The endpoints that the form offers. */
export const PROMPT_ENDPOINTS = [
  { url: '/v1/chat/completions', models: ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1-mini', 'gpt-4.1'] },
  { url: '/v1/responses', models: ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1-mini', 'gpt-4.1'] },
  {
    url: '/v1/embeddings',
    models: ['text-embedding-3-small', 'text-embedding-3-large', 'text-embedding-ada-002'],
  },
  { url: '/v1/completions', models: ['gpt-3.5-turbo-instruct'] },
  { url: '/v1/moderations', models: ['omni-moderation-latest'] },
] as const satisfies readonly PromptEndpointFacts[];

/** An endpoint that the form offers. */
export type PromptEndpoint = (typeof PROMPT_ENDPOINTS)[number]['url'];

/** The models to offer for an endpoint, the usual one first. */
export function modelsOf(endpoint: PromptEndpoint): readonly [string, ...string[]] {
  return (PROMPT_ENDPOINTS.find(({ url }) => url === endpoint) ?? PROMPT_ENDPOINTS[0]).models;
}
