import { isTerminal, toDollars } from '@batchdesk/shared';
import type { Batch, Cost, Metadata, Usage } from '@batchdesk/shared';
import type { ProviderBatch } from '../provider/provider.ts';
import { removeMark } from '../submission-mark.ts';
import type { BatchModel } from './generated/models.ts';

/** The columns that mirror the provider's batch object. */
export type BatchColumns = Omit<
  BatchModel,
  | 'job_id'
  | 'provider'
  | 'refreshed_at'
  | 'refresh_at'
  | 'stuck'
  | 'collect_after'
  | 'collect_failures'
  | 'collected_at'
  | 'issue_count'
  | 'price_id'
  | 'cost'
  | 'synchronous_cost'
  | 'waited'
>;

/** The columns of a batch as the provider tells it. */
export function toBatchColumns(batch: ProviderBatch): BatchColumns {
  const { object: _, errors, request_counts: counts, usage, metadata, ...same } = batch;
  return {
    ...same,
    errors: errors && JSON.stringify(errors),
    requests_total: counts.total,
    requests_completed: counts.completed,
    requests_failed: counts.failed,
    input_tokens: toBigInt(usage?.input_tokens),
    cached_tokens: toBigInt(usage?.input_tokens_details?.cached_tokens),
    output_tokens: toBigInt(usage?.output_tokens),
    reasoning_tokens: toBigInt(usage?.output_tokens_details?.reasoning_tokens),
    total_tokens: toBigInt(usage?.total_tokens),
    usage_source: usage ? 'provider' : null,
    metadata: metadata && JSON.stringify(metadata),
  };
}

/** The batch object of a stored row. */
export function fromBatchRow(row: BatchModel): Batch {
  const {
    requests_total,
    requests_completed,
    requests_failed,
    refreshed_at,
    refresh_at,
    stuck,
    collect_after,
    collect_failures,
    collected_at,
    issue_count,
    usage_source,
    price_id,
    cost,
    synchronous_cost,
    waited,
    ...rest
  } = row;
  const { input_tokens, cached_tokens, output_tokens, reasoning_tokens, total_tokens, ...columns } = rest;
  return {
    ...columns,
    object: 'batch',
    provider: row.provider as Batch['provider'],
    status: row.status as Batch['status'],
    errors: row.errors === null ? null : (JSON.parse(row.errors) as Batch['errors']),
    metadata: row.metadata === null ? null : removeMark(JSON.parse(row.metadata) as Metadata),
    request_counts: { total: requests_total, completed: requests_completed, failed: requests_failed },
    usage: toUsage(row),
    cost: toCost(row),
    ...(stuck === null ? {} : { stuck: stuck as NonNullable<Batch['stuck']> }),
  };
}

/** While a batch runs, what it costs is told once something is known of it. */
function toCost({ status, cost, synchronous_cost, usage_source, price_id }: BatchModel): Batch['cost'] {
  const basis = usage_source === 'provider' ? 'usage' : (usage_source as Cost['basis']);
  if (cost !== null && synchronous_cost !== null) {
    const [amount, synchronous] = [toDollars(cost), toDollars(synchronous_cost)];
    const savings = toDollars(synchronous_cost - cost);
    return { currency: 'usd', amount, synchronous, savings, unknown: null, basis };
  }
  if (!isTerminal(status as Batch['status'])) return null;
  const unknown = price_id === null ? 'price' : 'usage';
  return { currency: 'usd', amount: null, synchronous: null, savings: null, unknown, basis };
}

function toUsage(row: BatchModel): Usage | null {
  if (row.input_tokens === null || row.output_tokens === null) return null;
  return {
    input_tokens: Number(row.input_tokens),
    input_tokens_details: { cached_tokens: Number(row.cached_tokens ?? 0) },
    output_tokens: Number(row.output_tokens),
    output_tokens_details: { reasoning_tokens: Number(row.reasoning_tokens ?? 0) },
    total_tokens: Number(row.total_tokens ?? row.input_tokens + row.output_tokens),
  };
}

function toBigInt(tokens: number | undefined): bigint | null {
  return tokens === undefined ? null : BigInt(tokens);
}
