/**
 * The endpoints that the Batch API accepts, in the order people meet them. The first five are the ones of the
 * user guide; the last three came in 2026.
 * Source: OpenAI's API description, `POST /v1/batches`, `endpoint`.
 */
export const BATCH_ENDPOINTS = [
  '/v1/chat/completions',
  '/v1/responses',
  '/v1/embeddings',
  '/v1/completions',
  '/v1/moderations',
  '/v1/images/generations',
  '/v1/images/edits',
  '/v1/videos',
] as const;

/** One of the endpoints that a batch can call. */
export type BatchEndpoint = (typeof BATCH_ENDPOINTS)[number];

/**
 * The body field that carries the prompt at each endpoint, `null` where there is no single one.
 * Source: the reference page of each endpoint.
 */
export const PROMPT_FIELD: Record<BatchEndpoint, 'messages' | 'input' | 'prompt' | null> = {
  '/v1/chat/completions': 'messages',
  '/v1/responses': 'input',
  '/v1/embeddings': 'input',
  '/v1/completions': 'prompt',
  '/v1/moderations': 'input',
  '/v1/images/generations': 'prompt',
  '/v1/images/edits': 'prompt',
  '/v1/videos': 'prompt',
};

/** Whether `url` is an endpoint that a batch can call. */
export function isBatchEndpoint(url: unknown): url is BatchEndpoint {
  return (BATCH_ENDPOINTS as readonly unknown[]).includes(url);
}
