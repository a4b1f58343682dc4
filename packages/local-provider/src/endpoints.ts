/** The endpoints whose requests this server answers. */
export const answeredEndpoints = [
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/embeddings',
  '/v1/moderations',
  '/v1/responses',
] as const;

/** Endpoints OpenAI accepts in batches and this server does not: they make images and films. */
export const unansweredEndpoints = ['/v1/images/generations', '/v1/images/edits', '/v1/videos'] as const;

/** An endpoint whose requests this server answers. */
export type Endpoint = (typeof answeredEndpoints)[number];

/** Whether this server can answer requests to `endpoint`. */
export function isAnsweredEndpoint(endpoint: string): endpoint is Endpoint {
  return (answeredEndpoints as readonly string[]).includes(endpoint);
}

/** Whether OpenAI would take `endpoint` while this server cannot answer it. */
export function isUnansweredEndpoint(endpoint: string): boolean {
  return (unansweredEndpoints as readonly string[]).includes(endpoint);
}
