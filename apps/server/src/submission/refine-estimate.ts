import { promptTexts } from '@batchdesk/shared';
import { findToRefine, readSample, saveEstimate } from '../db/estimates.ts';
import type { Estimate, SamplePlace, Unrefined } from '../db/estimates.ts';
import type { Deps } from '../deps.ts';

type RefineDeps = Pick<Deps, 'db' | 'storage' | 'tokens' | 'log'>;

/** Requests that are counted; of a submission that has no more, all are. */
const SAMPLE = 200;
/** Bytes of them in all: a few megabytes of text are counted in a second. */
const SAMPLE_BYTES = 8 * 1024 * 1024;
/** The error of what was counted wholly: what a provider adds to each request is not known to the token. */
const LEAST_ERROR = 0.01;
/** The error of a quarter of the bytes, which text of all languages and code stays within, mostly. */
const BYTES_ERROR = 0.5;
/** Standard errors within which 95 of 100 estimates are. */
const STANDARD_ERRORS = 1.96;

/** Tokens of a request: counted now, and by the estimate so far. */
interface Counted {
  tokens: number;
  estimated: number;
}

/**
 * Estimates the input tokens of a submission anew: some of its requests are counted as the model does, and the rest is taken
 * to be off by as much. Does nothing for one that was refined or sent.
 */
export async function refineEstimate(deps: RefineDeps, submissionId: string): Promise<void> {
  const submission = await findToRefine(deps.db, submissionId);
  if (!submission) return;
  let estimate: Estimate | null = null;
  try {
    estimate = await estimateBySample(deps, submission);
  } catch (error) {
    // An estimate is worth no more than one try: the first one does as well.
    deps.log.warn({ submission_id: submissionId, err: error }, 'tokens could not be counted');
  }
  const { estimated_tokens } = submission;
  await saveEstimate(
    deps.db,
    submissionId,
    estimate ?? { estimated_tokens, estimate_method: 'bytes', estimate_error: BYTES_ERROR },
  );
}

async function estimateBySample(deps: RefineDeps, submission: Unrefined): Promise<Estimate | null> {
  const { id, model, request_count: total, input_bytes, estimated_tokens } = submission;
  // Of a model that nobody knows how to count nothing has to be read.
  if ((await deps.tokens.count(model, [])) === null) return null;
  const affordable = Math.floor(SAMPLE_BYTES / ((input_bytes ?? 0) / total + 1));
  const take = Math.max(1, Math.min(SAMPLE, total, affordable));
  const places = (await readSample(deps.db, id, { take, total })).filter(
    ({ bytes }) => bytes <= SAMPLE_BYTES,
  );
  const counted = await countPlaces(deps, submission, places);
  return counted.length === 0 ? null : project(counted, { total, estimated_tokens });
}

async function countPlaces(
  { storage, tokens }: RefineDeps,
  { input_name, model }: Unrefined,
  places: readonly SamplePlace[],
): Promise<Counted[]> {
  const counted: Counted[] = [];
  const reader = await storage.open(input_name);
  try {
    for (const { offset, bytes, estimated_tokens } of places) {
      const line = await reader.read(offset, bytes);
      const { url, body } = JSON.parse(line.toString()) as { url: string; body: Record<string, unknown> };
      const { texts, otherTokens } = promptTexts(url, body);
      const { counts } = (await tokens.count(model, texts))!;
      const sum = counts.reduce((total, count) => total + count, otherTokens);
      counted.push({ tokens: sum, estimated: estimated_tokens });
    }
  } finally {
    await reader.close();
  }
  return counted;
}

/** Takes all requests to be off as the counted ones are: a ratio estimate. */
function project(
  counted: readonly Counted[],
  { total, estimated_tokens }: { total: number; estimated_tokens: number },
): Estimate {
  const n = counted.length;
  const sum = (value: (one: Counted) => number) => counted.reduce((all, one) => all + value(one), 0);
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
