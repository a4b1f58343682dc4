import type { CostDetails } from '@batchdesk/shared';
import { findCostDetails } from '../db/batch-costs.ts';
import type { Deps } from '../deps.ts';

/** What the cost of a batch is made up of, where it has one. */
export interface CostOfBatch {
  cost_details?: CostDetails;
}

/** Takes the cost of a stored batch apart: input, cached input and answers, at the price that it was costed with. */
export async function describeCost({ db }: Pick<Deps, 'db'>, batchId: string): Promise<CostOfBatch> {
  const cost_details = await findCostDetails(db, batchId);
  return cost_details ? { cost_details } : {};
}
