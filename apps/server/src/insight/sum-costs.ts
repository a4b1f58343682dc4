import { toDollars } from '@batchdesk/shared';

/** What batches cost together, in US dollars. */
export interface SummedCosts {
  cost: number | null;
  synchronous_cost: number | null;
  savings: number | null;
}

/** Sums in US dollars; `null` when the cost of a batch is unknown and the others cost nothing: that is not 0. */
export function sumCosts(sums: {
  cost: bigint;
  synchronous_cost: bigint;
  unpriced: bigint | number;
}): SummedCosts {
  const { cost, synchronous_cost, unpriced } = sums;
  if (synchronous_cost === 0n && unpriced > 0) return { cost: null, synchronous_cost: null, savings: null };
  return {
    cost: toDollars(cost),
    synchronous_cost: toDollars(synchronous_cost),
    savings: toDollars(synchronous_cost - cost),
  };
}
