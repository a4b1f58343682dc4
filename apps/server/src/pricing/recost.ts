import { setImmediate as nextTurn } from 'node:timers/promises';
import { BatchdeskError } from '@batchdesk/shared';
import type { Recost, RecostAnswer } from '@batchdesk/shared';
import { findBatch } from '../db/batches.ts';
import { readToRecost } from '../db/recosting.ts';
import { recostBatches } from '../db/write-costs.ts';
import type { CostedBatch } from '../db/recosting.ts';
import type { Deps } from '../deps.ts';

/**
 * Costs batches again: with the price that was in force when each was created, as prices are known now; by portions, so
 * that other work gets its turn.
 *
 * @throws {BatchdeskError} `batch_not_found`
 */
export async function recost({ db }: Pick<Deps, 'db'>, query: Recost): Promise<RecostAnswer> {
  const { batch_id } = query;
  if (batch_id !== undefined && !(await findBatch(db, batch_id))) {
    throw new BatchdeskError('batch_not_found', { details: { batch_id } });
  }
  const answer: RecostAnswer = { batches: 0, changed: 0 };
  for (let after: CostedBatch | undefined; ;) {
    const place = after;
    const { rows, changed } = await recostBatches(db, (transaction) =>
      readToRecost(transaction, query, place),
    );
    if (rows.length === 0) return answer;
    answer.batches += rows.length;
    answer.changed += changed;
    after = rows.at(-1);
    await nextTurn();
  }
}
