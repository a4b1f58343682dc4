import type { ModelLimitView } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { readRooms } from '../db/capacity.ts';
import { inOurTokens, listModelLimits } from '../db/model-limits.ts';
import { countWaiting } from '../db/waiting.ts';
import type { Deps } from '../deps.ts';

type LimitDeps = Pick<Deps, 'db' | 'provider'>;

/** What may be enqueued of each model, and what is: of those with a limit, or with submissions that wait or are active. */
export async function listLimits({ db, provider }: LimitDeps): Promise<ModelLimitView[]> {
  const now = nowSeconds();
  const rooms = await readRooms(db, provider.name, now);
  const waiting = await countWaiting(db, provider.name);
  const limits = new Map((await listModelLimits(db, provider.name)).map((limit) => [limit.model, limit]));
  return [...rooms].toSorted(byName).map(([model, { enqueued, blocked_until }]) => {
    const { enqueued_tokens = null, source = null, scale = 1 } = limits.get(model) ?? {};
    return {
      model,
      enqueued_tokens,
      source,
      enqueued: Math.round(enqueued * scale),
      waiting: waiting.get(model) ?? 0,
      blocked_until: blocked_until > now ? blocked_until : null,
    };
  });
}

/** Tokens by our estimate that a batch of each model may have at most, where a limit is known. */
export async function readTokenLimits({ db, provider }: LimitDeps): Promise<Record<string, number>> {
  const limits = await listModelLimits(db, provider.name);
  return Object.fromEntries(
    limits.flatMap((limit) => {
      const tokens = inOurTokens(limit);
      return tokens === null ? [] : [[limit.model, tokens]];
    }),
  );
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
