import { nowSeconds } from '../clock.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';
import type { ModelLimitModel } from './generated/models.ts';

/** How many input tokens of a model may be enqueued at a provider, and what was learned about that. */
export interface ModelLimit extends Omit<ModelLimitModel, 'enqueued_tokens' | 'source' | 'updated_at'> {
  /** In the provider's tokens, `null` when not known. */
  enqueued_tokens: number | null;
  source: 'settings' | 'learned' | null;
}

/** What is known of a model of a provider; all unknown when nothing is stored. */
export async function findModelLimit(
  db: DatabaseOrTransaction,
  provider: string,
  model: string,
): Promise<ModelLimit> {
  const row = await db.modelLimit.findUnique({ where: { provider_model: { provider, model } } });
  return row ? fromRow(row) : unknownLimit(provider, model);
}

/** What is known of the models of a provider, in the order of their names. */
export async function listModelLimits(db: Database, provider: string): Promise<ModelLimit[]> {
  return (await db.modelLimit.findMany({ where: { provider }, orderBy: { model: 'asc' } })).map(fromRow);
}

/** Stores what is known of a model; an event tells of a limit that was not known so. */
export async function saveModelLimit(db: DatabaseOrTransaction, limit: ModelLimit): Promise<void> {
  const { provider, model, enqueued_tokens, source } = limit;
  const known = await findModelLimit(db, provider, model);
  const row = { ...limit, updated_at: nowSeconds() };
  await db.modelLimit.upsert({ where: { provider_model: { provider, model } }, create: row, update: row });
  if (source !== 'learned' || known.enqueued_tokens === enqueued_tokens) return;
  await recordEvent(db, { type: 'limit.learned', data: { provider, model, enqueued_tokens } });
}

/** Tokens of our estimate that the limit of a model stands for, `null` when it is not known. */
export function inOurTokens({
  enqueued_tokens,
  scale,
}: Pick<ModelLimit, 'enqueued_tokens' | 'scale'>): number | null {
  return enqueued_tokens === null ? null : Math.floor(enqueued_tokens / scale);
}

function unknownLimit(provider: string, model: string): ModelLimit {
  const unknown = { enqueued_tokens: null, source: null, scale: 1 };
  return { provider, model, ...unknown, refused_at: 0, refusals: 0, blocked_until: 0 };
}

function fromRow({ updated_at: _, ...row }: ModelLimitModel): ModelLimit {
  const { enqueued_tokens, source } = row;
  return {
    ...row,
    enqueued_tokens: enqueued_tokens === null ? null : Number(enqueued_tokens),
    source: source as ModelLimit['source'],
  };
}

/** Forgets what is known of a model. */
export async function removeModelLimit(db: Database, provider: string, model: string): Promise<void> {
  await db.modelLimit.deleteMany({ where: { provider, model } });
}
