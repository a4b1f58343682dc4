import type { Answer, AnswerContext } from './answer.ts';
import { countTokens, textOfContent } from './echo-text.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { invalidValue, type RequestProblem } from './request-problem.ts';

const textOnly = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'sexual/minors',
] as const;
const textAndImage = [
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'violence',
  'violence/graphic',
] as const;
const categories = [...textOnly, ...textAndImage] as const;
type Category = (typeof categories)[number];

/** What the endpoint would refuse: an input that is no text, list of texts, or list of text and image parts. */
export function checkModeration(body: JsonObject): RequestProblem | null {
  const { input } = body;
  const isGood =
    typeof input === 'string' ||
    (Array.isArray(input) &&
      input.length > 0 &&
      input.every((item) => typeof item === 'string' || isJsonObject(item)));
  return isGood
    ? null
    : invalidValue('input', "Invalid 'input': expected a string, strings, or content parts.");
}

/** The body of one moderation that flags nothing: a result for each text, or one for a list of parts. */
export function buildModeration(body: JsonObject, { seed }: AnswerContext) {
  const { input } = body;
  const hasParts = Array.isArray(input) && input.some((item) => isJsonObject(item));
  const length = Array.isArray(input) && !hasParts ? input.length : 1;
  const hasImage = hasParts && input.some((item) => isJsonObject(item) && item.type === 'image_url');
  return {
    id: `modr-${seed}`,
    model: typeof body.model === 'string' ? body.model : 'omni-moderation-latest',
    results: Array.from({ length }, () => ({
      flagged: false,
      categories: forEachCategory(() => false),
      category_scores: forEachCategory(() => 0),
      category_applied_input_types: {
        ...fill(textOnly, () => ['text' as const]),
        ...fill(textAndImage, () => (hasImage ? ['text' as const, 'image' as const] : ['text' as const])),
      },
    })),
  };
}

/** Answers a request to `/v1/moderations`. Moderations cost nothing, and OpenAI counts no output for them. */
export function answerModeration(body: JsonObject, context: AnswerContext): Answer {
  const { input } = body;
  const texts =
    Array.isArray(input) && typeof input[0] === 'string' ? (input as string[]) : [textOfContent(input)];
  const answer = buildModeration(body, context);
  return { parts: [JSON.stringify(answer)], inputTokens: countTokens(...texts), outputTokens: 0 };
}

function forEachCategory<T>(value: () => T): Record<Category, T> {
  return fill(categories, value);
}

function fill<K extends string, T>(keys: readonly K[], value: () => T): Record<K, T> {
  return Object.fromEntries(keys.map((key) => [key, value()])) as Record<K, T>;
}
