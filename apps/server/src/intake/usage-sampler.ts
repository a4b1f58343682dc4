import { createUsageCounter, findPrice } from '@batchdesk/shared/pricing';
import type { Price } from '@batchdesk/shared';
import type { ModelUsage } from '@batchdesk/shared/pricing';
import type { InputRequest } from '@batchdesk/shared/input';
import { nowSeconds } from '../clock.ts';
import type { SamplePlace } from '../db/estimates.ts';
import { sizeOf } from '../submission/count-sample.ts';

/** The requests of a model summed up, and some of them by chance, in no order, to count their tokens. */
export interface SampledUsage extends ModelUsage {
  /** All of them, where there are few; none of the models beyond those that have most tokens. */
  places: SamplePlace[];
  /** Input tokens of all, by the size of the requests that have them; see `sizeOf`. */
  tokens_by_size: number[];
}

/** Sums up an input by model while it is read. Keeps the same few requests of each, whatever its size. */
export interface UsageSampler {
  /** `offset`: where the request is in the normalised input. Bad requests are left out. */
  add(request: InputRequest, offset: number): void;
  /** Most tokens first. */
  finish(): SampledUsage[];
}

/** Requests that are kept of a model. */
const SAMPLE = 400;
/** Models of which some are. */
const SAMPLED_MODELS = 20;
/** A size for each power of two. */
const SIZES = 33;
/** Of a place: offset, bytes, estimated tokens. */
const FIELDS = 3;

/** `prices` tell which requests are long ones. */
export function createUsageSampler(prices: readonly Price[]): UsageSampler {
  const now = nowSeconds();
  const counter = createUsageCounter(
    (model) => findPrice(prices, model, now)?.long_context?.above_input_tokens ?? null,
  );
  const reservoirs = new Map<string, Float64Array>();
  const sizes = new Map<string, number[]>();
  const random = createRandom();

  function add(request: InputRequest, offset: number): void {
    const { model, estimated_tokens, max_output_tokens, bytes } = request;
    if (model === null) return;
    const { request_count: seen } = counter.add({ model, estimated_tokens, max_output_tokens });
    let bySize = sizes.get(model);
    if (!bySize) sizes.set(model, (bySize = Array<number>(SIZES).fill(0)));
    bySize[sizeOf(bytes.length)]! += estimated_tokens;
    // Each request so far is in the sample with the same chance (reservoir sampling, algorithm R).
    const place = seen <= SAMPLE ? seen - 1 : Math.floor(random() * seen);
    if (place >= SAMPLE) return;
    let reservoir = reservoirs.get(model);
    if (!reservoir) reservoirs.set(model, (reservoir = new Float64Array(FIELDS * SAMPLE)));
    reservoir.set([offset, bytes.length, estimated_tokens], FIELDS * place);
  }

  function finish(): SampledUsage[] {
    const usages = [...counter.models.values()].toSorted((a, b) => b.estimated_tokens - a.estimated_tokens);
    return usages.map((usage, index) => {
      const kept = index < SAMPLED_MODELS ? Math.min(usage.request_count, SAMPLE) : 0;
      const places = toPlaces(reservoirs.get(usage.model)!, kept);
      return Object.assign(
        { places: shuffle(places, random), tokens_by_size: sizes.get(usage.model)! },
        usage,
      );
    });
  }

  return { add, finish };
}

function toPlaces(reservoir: Float64Array, count: number): SamplePlace[] {
  return Array.from({ length: count }, (_, index) => {
    const [offset, bytes, estimated_tokens] = reservoir.subarray(FIELDS * index) as unknown as number[];
    return { offset: offset!, bytes: bytes!, estimated_tokens: estimated_tokens! };
  });
}

function shuffle<T>(items: T[], random: () => number): T[] {
  for (let end = items.length - 1; end > 0; end -= 1) {
    const other = Math.floor(random() * (end + 1));
    [items[end], items[other]] = [items[other]!, items[end]!];
  }
  return items;
}

/** Numbers from 0 up to, and without, 1: the same in every run (mulberry32), so that an input always has the same estimate. */
function createRandom(): () => number {
  let state = 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
