import { findToRefine, readSample, saveEstimate, sumTokensFrom } from '../db/estimates.ts';
import type { TokenEstimate, Unrefined } from '../db/estimates.ts';
import type { Deps } from '../deps.ts';
import { BYTES_ERROR, countSample, projectSample, reachOf } from './count-sample.ts';

type RefineDeps = Pick<Deps, 'db' | 'storage' | 'tokens' | 'log'>;

/** Requests that are counted; of a submission that has no more, all are. */
const SAMPLE = 200;
/** Bytes of them in all: a few megabytes of text are counted in a second. */
const SAMPLE_BYTES = 8 * 1024 * 1024;

/**
 * Estimates the input tokens of a submission anew: some of its requests are counted as the model does, and the rest is taken
 * to be off by as much. Does nothing for one that was refined or sent.
 */
export async function refineEstimate(deps: RefineDeps, submissionId: string): Promise<void> {
  const submission = await findToRefine(deps.db, submissionId);
  if (!submission) return;
  let estimate: TokenEstimate | null = null;
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

async function estimateBySample(deps: RefineDeps, submission: Unrefined): Promise<TokenEstimate | null> {
  const { id, model, request_count: total, input_bytes, input_name, estimated_tokens } = submission;
  // Of a model that nobody knows how to count nothing has to be looked for.
  if ((await deps.tokens.count(model, [])) === null) return null;
  const affordable = Math.floor(SAMPLE_BYTES / ((input_bytes ?? 0) / total + 1));
  const take = Math.max(1, Math.min(SAMPLE, total, affordable));
  const places = (await readSample(deps.db, id, { take, total })).filter(
    ({ bytes }) => bytes <= SAMPLE_BYTES,
  );
  const reader = await deps.storage.open(input_name);
  try {
    const counted = (await countSample(deps, { model, reader, places })) ?? [];
    if (counted.length === 0) return null;
    const beyond_tokens = counted.length >= total ? 0 : await sumTokensFrom(deps.db, id, reachOf(counted));
    return projectSample(counted, { total, estimated_tokens, beyond_tokens });
  } finally {
    await reader.close();
  }
}
