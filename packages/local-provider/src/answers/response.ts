import type { Answer, AnswerContext } from './answer.ts';
import { countTokens, echoJson, echoText, textsOfMessages } from './echo-text.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { invalidValue, type RequestProblem } from './request-problem.ts';

/** What the endpoint would refuse: an input that is neither a text nor a list of items. */
export function checkResponse(body: JsonObject): RequestProblem | null {
  const { input } = body;
  if (input === undefined || input === null || typeof input === 'string') return null;
  const isGood = Array.isArray(input) && input.length > 0 && input.every((item) => isJsonObject(item));
  return isGood ? null : invalidValue('input', "Invalid 'input': expected a string or an array of items.");
}

/** The body of one response with a single output message. */
export function buildResponse(body: JsonObject, { seed, createdAt }: AnswerContext) {
  const { all, lastOfUser } = readInput(body.input);
  const format = isJsonObject(body.text) && isJsonObject(body.text.format) ? body.text.format.type : 'text';
  const text =
    format === 'json_object' || format === 'json_schema' ? echoJson(lastOfUser) : echoText(lastOfUser);
  const instructions = typeof body.instructions === 'string' ? body.instructions : null;
  const inputTokens = countTokens(...all, instructions ?? '');
  const outputTokens = countTokens(text);
  return {
    id: `resp_${seed}`,
    object: 'response' as const,
    created_at: createdAt,
    completed_at: createdAt,
    status: 'completed' as const,
    background: false,
    error: null,
    incomplete_details: null,
    instructions,
    max_output_tokens: typeof body.max_output_tokens === 'number' ? body.max_output_tokens : null,
    model: String(body.model),
    output: [
      {
        id: `msg_${seed}`,
        type: 'message' as const,
        status: 'completed' as const,
        role: 'assistant' as const,
        content: [{ type: 'output_text' as const, text, annotations: [], logprobs: [] }],
      },
    ],
    parallel_tool_calls: true,
    previous_response_id: typeof body.previous_response_id === 'string' ? body.previous_response_id : null,
    service_tier: 'default' as const,
    temperature: typeof body.temperature === 'number' ? body.temperature : 1,
    tool_choice: 'auto' as const,
    tools: [],
    top_p: typeof body.top_p === 'number' ? body.top_p : 1,
    truncation: 'disabled' as const,
    usage: {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: inputTokens + outputTokens,
    },
    metadata: {},
  };
}

/** Answers a request to `/v1/responses`. */
export function answerResponse(body: JsonObject, context: AnswerContext): Answer {
  const answer = buildResponse(body, context);
  const { input_tokens, output_tokens } = answer.usage;
  return { parts: [JSON.stringify(answer)], inputTokens: input_tokens, outputTokens: output_tokens };
}

function readInput(input: unknown): { all: string[]; lastOfUser: string } {
  if (Array.isArray(input)) return textsOfMessages(input);
  const text = typeof input === 'string' ? input : '';
  return { all: [text], lastOfUser: text };
}
