import type { TokenEstimate, SamplePlace } from '../db/estimates.ts';
import type { Deps } from '../deps.ts';
import { BYTES_ERROR, countSample, projectSample, reachOf, sizeOf } from '../submission/count-sample.ts';
import type { StagedInput } from './stage-input.ts';
import type { SampledUsage } from './usage-sampler.ts';

/** The input tokens of the requests of a model. */
export interface CountedTokens extends TokenEstimate {
  counted_requests: number;
}

/** Bytes that are counted in all: a second of work for most texts. */
const SAMPLE_BYTES = 4 * 1024 * 1024;

/** Estimates the input tokens of a staged input, by its models: wholly counted where there are few, otherwise by a sample. */
export async function countInput(
  deps: Pick<Deps, 'tokens' | 'log'>,
  { open }: StagedInput,
  usage: readonly SampledUsage[],
): Promise<CountedTokens[]> {
  const maxBytes = SAMPLE_BYTES / usage.filter(({ places }) => places.length > 0).length;
  const reader = await open();
  try {
    const counts: CountedTokens[] = [];
    for (const model of usage) {
      const places = choosePlaces(model.places, maxBytes);
      counts.push(await countModel(deps, { ...model, places }, reader));
    }
    return counts;
  } finally {
    await reader.close();
  }
}

async function countModel(
  deps: Pick<Deps, 'tokens' | 'log'>,
  { model, request_count: total, estimated_tokens, places, tokens_by_size }: SampledUsage,
  reader: Awaited<ReturnType<StagedInput['open']>>,
): Promise<CountedTokens> {
  try {
    const counted = places.length > 0 ? await countSample(deps, { model, reader, places }) : null;
    if (counted) {
      const beyond = tokens_by_size.slice(sizeOf(reachOf(counted)));
      const beyond_tokens = beyond.reduce((sum, tokens) => sum + tokens, 0);
      const estimate = projectSample(counted, { total, estimated_tokens, beyond_tokens });
      return { ...estimate, counted_requests: counted.length };
    }
  } catch (error) {
    deps.log.warn({ model, err: error }, 'tokens could not be counted');
  }
  return { estimated_tokens, estimate_method: 'bytes', estimate_error: BYTES_ERROR, counted_requests: 0 };
}

/**
 * As many as `maxBytes` have room for, in the order in which they are read. It ends with the first that does not fit:
 * smaller ones in its place would stand for it. Those that never fit are left out.
 */
function choosePlaces(places: readonly SamplePlace[], maxBytes: number): SamplePlace[] {
  let bytes = 0;
  const possible = places.filter((place) => place.bytes <= maxBytes);
  const end = possible.findIndex((place) => (bytes += place.bytes) > maxBytes);
  const chosen = end === -1 ? possible : possible.slice(0, end);
  return chosen.toSorted((a, b) => a.offset - b.offset);
}
