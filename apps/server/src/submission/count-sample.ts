import { promptTexts } from '@batchdesk/shared';
import type { Estimate, SamplePlace } from '../db/estimates.ts';
import type { Deps } from '../deps.ts';
import type { StorageReader } from '../storage/storage.ts';

/** Tokens of a request: counted now, and by the estimate so far. */
export interface CountedRequest {
  tokens: number;
  estimated: number;
}

/** Requests of one model, some of which stand for all. */
export interface Sample {
  model: string;
  /** The input that they are in. */
  reader: Pick<StorageReader, 'read'>;
  places: readonly SamplePlace[];
}

/** The error of what was counted wholly: what a provider adds to each request is not known to the token. */
const LEAST_ERROR = 0.01;
/** The error of a quarter of the bytes, which text of all languages and code stays within, mostly. */
export const BYTES_ERROR = 0.5;
/** Standard errors within which 95 of 100 estimates are. */
const STANDARD_ERRORS = 1.96;

/** Counts requests as their model does; `null` for a model whose tokens nobody knows how to count: nothing is read then. */
export async function countSample(
  { tokens }: Pick<Deps, 'tokens'>,
  { model, reader, places }: Sample,
): Promise<CountedRequest[] | null> {
  if ((await tokens.count(model, [])) === null) return null;
  const counted: CountedRequest[] = [];
  for (const { offset, bytes, estimated_tokens } of places) {
    const line = await reader.read(offset, bytes);
    const { url, body } = JSON.parse(line.toString()) as { url: string; body: Record<string, unknown> };
    const { texts, otherTokens } = promptTexts(url, body);
    const { counts } = (await tokens.count(model, texts))!;
    const sum = counts.reduce((total, count) => total + count, otherTokens);
    counted.push({ tokens: sum, estimated: estimated_tokens });
  }
  return counted;
}

/** Takes all of `total` requests to be off as the counted ones are: a ratio estimate. */
export function projectSample(
  counted: readonly CountedRequest[],
  { total, estimated_tokens }: { total: number; estimated_tokens: number },
): Estimate {
  const n = counted.length;
  const sum = (value: (one: CountedRequest) => number) => counted.reduce((all, one) => all + value(one), 0);
  const tokens = sum((one) => one.tokens);
  const estimated = sum((one) => one.estimated);
  if (n >= total || tokens === 0 || estimated === 0) {
    const estimate_error = n >= total ? LEAST_ERROR : BYTES_ERROR;
    return toEstimate((tokens / n) * total, estimate_error);
  }
  const ratio = tokens / estimated;
  const residual = sum((one) => (one.tokens - ratio * one.estimated) ** 2);
  const deviation = n > 1 ? Math.sqrt((residual / (n - 1) / n) * (1 - n / total)) : Infinity;
  const error = (STANDARD_ERRORS * deviation) / (tokens / n);
  return toEstimate(ratio * estimated_tokens, Math.min(Math.max(error, LEAST_ERROR), BYTES_ERROR));
}

function toEstimate(tokens: number, estimate_error: number): Estimate {
  return { estimated_tokens: Math.ceil(tokens), estimate_method: 'tokenizer', estimate_error };
}
