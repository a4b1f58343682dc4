import type { JsonObject } from './check-request.ts';

/** Tokens of an answer at /v1/completions that does not say how many. Source: its reference page, `max_tokens`. */
const COMPLETIONS_DEFAULT = 16;
/** No model answers with so many: a request that allows more has no limit. */
const MOST = 100_000_000;

/**
 * Tokens that the answer to a request has at most, all choices together; `null` when nothing limits them. 0 where answers
 * have no tokens.
 */
export function maxOutputTokens(url: string, body: JsonObject): number | null {
  switch (url) {
    case '/v1/chat/completions': {
      const tokens = body['max_completion_tokens'] ?? body['max_tokens'];
      return tokens === undefined ? null : limit(tokens, count(body['n']));
    }
    case '/v1/responses':
      return limit(body['max_output_tokens'], 1);
    case '/v1/embeddings':
    case '/v1/moderations':
      return 0;
    case '/v1/completions': {
      // The best of several is paid for with all of them.
      const choices = Math.max(count(body['n']), count(body['best_of']));
      const tokens = body['max_tokens'] ?? COMPLETIONS_DEFAULT;
      // Nothing is written then: it is asked for the probabilities of the prompt.
      if (tokens === 0) return 0;
      return limit(tokens, choices * countPrompts(body['prompt']));
    }
    default:
      return null;
  }
}

function limit(tokens: unknown, answers: number): number | null {
  if (!isCount(tokens)) return null;
  const most = tokens * answers;
  return most > MOST ? null : most;
}

/** How many; 1 of what is no number of them. */
function count(value: unknown): number {
  return isCount(value) ? value : 1;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** A list of texts or of token lists has an answer for each. */
function countPrompts(prompt: unknown): number {
  return Array.isArray(prompt) && typeof prompt[0] !== 'number' ? Math.max(1, prompt.length) : 1;
}
