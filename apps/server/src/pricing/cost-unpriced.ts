import { setImmediate as nextTurn } from 'node:timers/promises';
import { findPrice } from '@batchdesk/shared';
import type { ListedPrice } from '@batchdesk/shared';
import { findAllPrices } from '../db/prices.ts';
import { findUnpricedModels, readUnpriced } from '../db/recosting.ts';
import type { PlacedBatch } from '../db/recosting.ts';
import { recostBatches } from '../db/write-costs.ts';
import type { Deps } from '../deps.ts';

/**
 * Costs the batches that have had no price since they were made, where one of their model is known by now; by portions, so
 * that other work gets its turn. Batches of models without a price are not looked at. Ends early at a `signal`: what is left is
 * costed another time.
 */
export async function costUnpriced({ db }: Pick<Deps, 'db'>, signal?: AbortSignal): Promise<void> {
  const prices = await findAllPrices(db);
  for (const model of await findUnpricedModels(db)) {
    const since = firstPriced(prices, model);
    if (since === null) continue;
    for (let after: PlacedBatch | undefined; ;) {
      if (signal?.aborted) return;
      const place = { model, since, after };
      const { rows } = await recostBatches(db, (transaction) => readUnpriced(transaction, place));
      after = rows.at(-1);
      if (!after) break;
      await nextTurn();
    }
  }
}

/** From when on a model has a price, in Unix seconds; `null` when it never has. */
function firstPriced(prices: readonly ListedPrice[], model: string): number | null {
  const days = new Set(prices.map(({ effective_from }) => effective_from ?? '1970-01-01'));
  const times = [...days].toSorted().map((day) => Date.parse(day) / 1_000);
  if (!findPrice(prices, model, times.at(-1) ?? 0)) return null;
  return times.find((time) => findPrice(prices, model, time)) ?? null;
}
