import { LIMITS, findPrice, whyUnknown } from '@batchdesk/shared';
import type { Estimate, InputSummary, ListedPrice, Price } from '@batchdesk/shared';
import { estimateCosts } from '@batchdesk/shared/pricing';
import { nowSeconds } from '../clock.ts';
import { findAllPrices } from '../db/prices.ts';
import type { Deps } from '../deps.ts';
import { likelyOutput, mostOutput, openOutputHistory } from '../pricing/output-history.ts';
import type { OutputHistory } from '../pricing/output-history.ts';
import { judgeCapacity } from '../submission/judge-capacity.ts';
import { countInput } from './count-input.ts';
import type { CountedTokens } from './count-input.ts';
import type { InputPlace } from './refusal.ts';
import type { StagedInput } from './stage-input.ts';
import { sumUpEstimate } from './sum-up-estimate.ts';
import type { ModelCosts } from './sum-up-estimate.ts';
import type { SampledUsage } from './usage-sampler.ts';
import { validateInput } from './validate-input.ts';
import type { ValidationResult } from './validate-input.ts';

type EstimateDeps = Pick<Deps, 'db' | 'provider' | 'tokens' | 'log'>;

/** What an input is, and what it would come to; `null` of one that would be refused. */
export interface EstimateResult extends ValidationResult {
  estimate: Estimate | null;
}

/** Tells what an input that was staged for it would cost, and how it would be sent. Sends nothing. */
export async function estimateInput(
  deps: EstimateDeps,
  staged: StagedInput,
  place: InputPlace,
): Promise<EstimateResult> {
  const result = validateInput(staged.summary, place);
  if (result.refusal) return { ...result, estimate: null };
  const models = await estimateModels(deps, staged);
  const fits_one_batch = fitsOneBatch(staged.summary);
  return { ...result, estimate: sumUpEstimate(models, { batches: staged.parts.length, fits_one_batch }) };
}

async function estimateModels(deps: EstimateDeps, staged: StagedInput): Promise<ModelCosts[]> {
  const { usage, parts, summary } = staged;
  if (!usage) throw new Error('This input was not staged to be estimated.');
  const counts = await countInput(deps, staged, usage);
  const historyOf = await openOutputHistory(deps.db, deps.provider.name);
  const prices = await findAllPrices(deps.db);
  const loads = usage.map((model, index) => toLoad(model, counts[index]!));
  const capacities = await judgeCapacity(deps, loads);
  const batches = Map.groupBy(parts, ({ model }) => model);
  return usage.map((model, index): ModelCosts => {
    const { request_count, uncapped_requests } = model;
    const input_tokens = toRange(counts[index]!);
    const history = historyOf(model.model, summary.endpoint ?? '');
    const high = mostOutput(model);
    const likely = likelyOfAll(history, model);
    const listed = findPrice(prices, model.model, nowSeconds());
    return {
      model: model.model,
      request_count,
      batches: batches.get(model.model)?.length ?? 0,
      input_tokens,
      output_tokens: { likely, high, uncapped_requests, history_requests: history.requests },
      price: listed && withoutSource(listed),
      unknown_price: listed ? null : whyUnknown(model.model),
      capacity: capacities[index]!,
      costs: listed && estimateCosts(model, { input: input_tokens, output: { likely, high } }, listed),
    };
  });
}

/** Long requests and others may have limits that are far apart: neither makes up for what the other cannot have. */
function likelyOfAll(history: OutputHistory, { long, ...all }: SampledUsage): number | null {
  const others = {
    request_count: all.request_count - long.request_count,
    max_output_tokens: all.max_output_tokens - long.max_output_tokens,
    uncapped_requests: all.uncapped_requests - long.uncapped_requests,
  };
  const [ofLong, ofOthers] = [likelyOutput(history, long), likelyOutput(history, others)];
  return ofLong === null || ofOthers === null ? null : ofLong + ofOthers;
}

function withoutSource({ source: _, ...price }: ListedPrice): Price {
  return price;
}

function toRange(counted: CountedTokens): ModelCosts['input_tokens'] {
  const { estimated_tokens: estimate, estimate_error, estimate_method: method, counted_requests } = counted;
  const low = Math.floor(estimate * (1 - estimate_error));
  const high = Math.ceil(estimate * (1 + estimate_error));
  return { estimate, low, high, method, error: estimate_error, counted_requests };
}

/** The largest request is taken to be off as all of them are. */
function toLoad({ model, largest_request, estimated_tokens }: SampledUsage, counted: CountedTokens) {
  const { estimated_tokens: tokens } = counted;
  const scale = estimated_tokens > 0 ? tokens / estimated_tokens : 1;
  return { model, tokens, largest_request: Math.ceil(largest_request * scale) };
}

/** As `create` judges it. */
function fitsOneBatch({ models, request_count, bytes, embedding_inputs }: InputSummary): boolean {
  return (
    models.length === 1 &&
    request_count <= LIMITS.requestsPerBatch &&
    // A file of exactly the limit has no need of a last line break.
    bytes - 1 <= LIMITS.inputFileBytes &&
    embedding_inputs <= LIMITS.embeddingInputsPerBatch
  );
}
