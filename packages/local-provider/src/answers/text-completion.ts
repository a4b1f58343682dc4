import type { Answer, AnswerContext } from './answer.ts';
import { countTokens, echoText } from './echo-text.ts';
import type { JsonObject } from './json-object.ts';
import { checkCount, countOrOne, invalidValue, type RequestProblem } from './request-problem.ts';
import { countInputTokens, inputAsText, invalidInput, listInputs } from './token-input.ts';

/** More choices than this in one answer would be a mistake, and would take memory. */
const maxChoices = 2048;

/** What the endpoint would refuse: a prompt of no known shape, `n` out of range. */
export function checkTextCompletion(body: JsonObject): RequestProblem | null {
  const prompts = listInputs(body.prompt);
  if (!prompts) return invalidInput('prompt');
  const problem = checkCount('n', body.n, { min: 1, max: 128 });
  if (problem) return problem;
  if (prompts.length * countOrOne(body.n) <= maxChoices) return null;
  return invalidValue('prompt', `Invalid 'prompt': prompts times 'n' must be at most ${maxChoices}.`);
}

/** The body of one text completion: `n` equal choices for each prompt. */
export function buildTextCompletion(body: JsonObject, { seed, createdAt }: AnswerContext) {
  const prompts = listInputs(body.prompt) ?? [];
  const n = countOrOne(body.n);
  const texts = prompts.flatMap((prompt) => Array.from({ length: n }, () => echoText(inputAsText(prompt))));
  const promptTokens = prompts.reduce((sum, prompt) => sum + countInputTokens(prompt), 0);
  const completionTokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
  return {
    id: `cmpl-${seed}`,
    object: 'text_completion' as const,
    created: createdAt,
    model: String(body.model),
    choices: texts.map((text, index) => ({ index, text, logprobs: null, finish_reason: 'stop' as const })),
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}

/** Answers a request to `/v1/completions`. */
export function answerTextCompletion(body: JsonObject, context: AnswerContext): Answer {
  const answer = buildTextCompletion(body, context);
  const { prompt_tokens, completion_tokens } = answer.usage;
  return { parts: [JSON.stringify(answer)], inputTokens: prompt_tokens, outputTokens: completion_tokens };
}
