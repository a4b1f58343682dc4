import { maxInputsPerRequest } from '../limits.ts';
import { hashText } from '../random.ts';
import type { Answer } from './answer.ts';
import type { JsonObject } from './json-object.ts';
import { checkCount, invalidValue, type RequestProblem } from './request-problem.ts';
import { countInputTokens, inputAsText, invalidInput, listInputs } from './token-input.ts';
import { vectorAsBase64, vectorAsJson } from './unit-vector.ts';

/** OpenAI's models have these many dimensions; one we do not know gets the most common number. */
function fullDimensions(model: unknown): number {
  return model === 'text-embedding-3-large' ? 3072 : 1536;
}

/** What the endpoint would refuse: no or too many inputs, dimensions or an encoding it does not have. */
export function checkEmbeddings(body: JsonObject): RequestProblem | null {
  const inputs = listInputs(body.input);
  if (!inputs) return invalidInput('input');
  if (inputs.length > maxInputsPerRequest) {
    return invalidValue('input', `Invalid 'input': at most ${maxInputsPerRequest} inputs in one request.`);
  }
  if (!['float', 'base64', undefined, null].includes(body.encoding_format as string | undefined | null)) {
    return invalidValue('encoding_format', "Invalid 'encoding_format': expected 'float' or 'base64'.");
  }
  return checkCount('dimensions', body.dimensions, { min: 1, max: fullDimensions(body.model) });
}

/** Answers a request to `/v1/embeddings`: a vector of length 1 for each input, the same for the same input. */
export function answerEmbeddings(body: JsonObject): Answer {
  const inputs = listInputs(body.input) ?? [];
  const dimensions = typeof body.dimensions === 'number' ? body.dimensions : fullDimensions(body.model);
  const inputTokens = inputs.reduce((sum, input) => sum + countInputTokens(input), 0);
  const parts = ['{"object":"list","data":['];
  inputs.forEach((input, index) => {
    const hash = hashText(inputAsText(input));
    parts.push(`${index > 0 ? ',' : ''}{"object":"embedding","index":${index},"embedding":`);
    if (body.encoding_format === 'base64') parts.push(`"${vectorAsBase64(dimensions, hash)}"`);
    else parts.push(...vectorAsJson(dimensions, hash));
    parts.push('}');
  });
  const usage = JSON.stringify({ prompt_tokens: inputTokens, total_tokens: inputTokens });
  parts.push(`],"model":${JSON.stringify(body.model)},"usage":${usage}}`);
  return { parts, inputTokens, outputTokens: 0 };
}
