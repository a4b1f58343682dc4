import type { Answer, AnswerContext } from './answer.ts';
import { countTokens, echoJson, echoText, textsOfMessages } from './echo-text.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { checkCount, countOrOne, invalidValue, type RequestProblem } from './request-problem.ts';

/** What the endpoint would refuse: messages that are no list of objects, `n` out of range. */
export function checkChat(body: JsonObject): RequestProblem | null {
  const { messages } = body;
  if (!Array.isArray(messages) || messages.length === 0) {
    return invalidValue('messages', "Invalid 'messages': expected an array with at least one message.");
  }
  const wrong = messages.findIndex((message) => !isJsonObject(message) || typeof message.role !== 'string');
  if (wrong !== -1) {
    return invalidValue(
      `messages[${wrong}]`,
      `Invalid 'messages[${wrong}]': expected an object with a role.`,
    );
  }
  return checkCount('n', body.n, { min: 1, max: 128 });
}

/** The body of one chat completion with `n` equal choices. */
export function buildChatCompletion(body: JsonObject, { seed, createdAt }: AnswerContext) {
  const { all, lastOfUser } = textsOfMessages(Array.isArray(body.messages) ? body.messages : []);
  const format = isJsonObject(body.response_format) ? body.response_format.type : 'text';
  const content =
    format === 'json_object' || format === 'json_schema' ? echoJson(lastOfUser) : echoText(lastOfUser);
  const n = countOrOne(body.n);
  const promptTokens = countTokens(...all);
  const completionTokens = n * countTokens(content);
  return {
    id: `chatcmpl-${seed}`,
    object: 'chat.completion' as const,
    created: createdAt,
    model: String(body.model),
    choices: Array.from({ length: n }, (_, index) => ({
      index,
      message: { role: 'assistant' as const, content, refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: 'stop' as const,
    })),
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
    },
    service_tier: 'default' as const,
    system_fingerprint: 'fp_local_provider',
  };
}

/** Answers a request to `/v1/chat/completions`. */
export function answerChat(body: JsonObject, context: AnswerContext): Answer {
  const answer = buildChatCompletion(body, context);
  const { prompt_tokens, completion_tokens } = answer.usage;
  return { parts: [JSON.stringify(answer)], inputTokens: prompt_tokens, outputTokens: completion_tokens };
}
