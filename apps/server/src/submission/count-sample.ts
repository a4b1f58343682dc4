import { promptTexts } from '@batchdesk/shared/input';
import type { TokenEstimate, SamplePlace } from '../db/estimates.ts';
import type { Deps } from '../deps.ts';
import type { StorageReader } from '../storage/storage.ts';

/** Tokens of a request: counted now, and by the estimate so far. */
export interface SampledRequest {
  /** Of its line. */
  bytes: number;
  tokens: number;
  estimated: number;
  /** Of the tokens, those that nobody can count here: all of a prompt that is not wholly in the request. */
  uncounted: number;
  isWhole: boolean;
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
): Promise<SampledRequest[] | null> {
  if ((await tokens.count(model, [])) === null) return null;
  const counted: SampledRequest[] = [];
  for (const { offset, bytes, estimated_tokens } of places) {
    const line = await reader.read(offset, bytes);
    const { url, body } = JSON.parse(line.toString()) as { url: string; body: Record<string, unknown> };
    const { texts, otherTokens, mediaTokens, isWhole } = promptTexts(url, body);
    const { counts } = (await tokens.count(model, texts))!;
    const sum = counts.reduce((total, count) => total + count, otherTokens);
    const uncounted = isWhole ? mediaTokens : sum;
    counted.push({ bytes, tokens: sum, estimated: estimated_tokens, uncounted, isWhole });
  }
  return counted;
}

/** All requests that a sample stands for. */
export interface Whole {
  total: number;
  /** By the estimate so far. */
  estimated_tokens: number;
  /** Of these, those of requests that are larger than what the sample tells of; see `reachOf`. */
  beyond_tokens: number;
}

/**
 * Bytes that a request has to have less of for a sample to tell of it: a power of two. Larger ones are rare, or too large
 * to be counted; none of the sample was like them.
 */
export function reachOf(counted: readonly SampledRequest[]): number {
  return 2 ** sizeOf(counted.reduce((most, { bytes }) => Math.max(most, bytes), 0));
}

/** Which power of two is the first that is more than these bytes. */
export function sizeOf(bytes: number): number {
  return 32 - Math.clz32(bytes);
}

/**
 * Takes all requests to be off as the counted ones are, a ratio estimate, but for those that the sample does not tell of.
 * The error is that of the sample, and the error of bytes for the tokens that were not counted.
 */
export function projectSample(counted: readonly SampledRequest[], whole: Whole): TokenEstimate {
  const { beyond_tokens: beyond } = whole;
  const { tokens, error } = projectLike(counted, whole);
  const all = tokens + beyond;
  return {
    estimated_tokens: Math.ceil(all),
    estimate_method: 'tokenizer',
    estimate_error: mixErrors(error, all === 0 ? 0 : beyond / all),
  };
}

/** The requests that are like those of the sample, and how far off that may be. */
function projectLike(
  counted: readonly SampledRequest[],
  { total, estimated_tokens, beyond_tokens }: Whole,
): { tokens: number; error: number } {
  const n = counted.length;
  const sum = (value: (one: SampledRequest) => number) => counted.reduce((all, one) => all + value(one), 0);
  const tokens = sum((one) => one.tokens);
  const estimated = sum((one) => one.estimated);
  // Of prompts without a token here all may be elsewhere.
  const nothing = counted.every(({ isWhole }) => isWhole) ? 0 : 1;
  const uncounted = tokens === 0 ? nothing : sum((one) => one.uncounted) / tokens;
  if (n >= total) return { tokens, error: mixErrors(LEAST_ERROR, uncounted) };
  if (tokens === 0 || estimated === 0) return { tokens: (tokens / n) * total, error: BYTES_ERROR };
  const ratio = tokens / estimated;
  const residual = sum((one) => (one.tokens - ratio * one.estimated) ** 2);
  const deviation = n > 1 ? Math.sqrt((residual / (n - 1) / n) * (1 - n / total)) : Infinity;
  const error = (STANDARD_ERRORS * deviation) / (tokens / n);
  return {
    tokens: ratio * (estimated_tokens - beyond_tokens),
    error: mixErrors(Math.min(Math.max(error, LEAST_ERROR), BYTES_ERROR), uncounted),
  };
}

/** The error of tokens of which a share was not counted. */
function mixErrors(error: number, share: number): number {
  return error * (1 - share) + BYTES_ERROR * share;
}
