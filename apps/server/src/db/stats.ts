import type { StatsQuery } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { ALL_TIME, NO_TIME, coverRange } from './stats-cover.ts';
import { readGroups } from './stats-groups.ts';
import type { GroupSums } from './stats-groups.ts';
import { findRange } from './stats-range.ts';
import { readKinds } from './stats-sums.ts';
import type { NamedSums } from './stats-sums.ts';
import { addTimes, noTimes, readTimes } from './stats-times.ts';
import type { Histograms } from './stats-times.ts';

/** What statistics are made of. */
export interface StoredTotals {
  statuses: NamedSums[];
  models: NamedSums[];
  endpoints: NamedSums[];
  times: Histograms;
  /** None without `group_by`. */
  groups: GroupSums[];
}

/**
 * The totals of the batches that a query asks for, and at most `maxGroups` of its groups. Read from kept totals: only the
 * parts of days at the ends of a range are counted from their batches.
 *
 * @throws {BatchdeskError} `too_many_groups` for a metadata key of too many values
 */
export async function readTotals(
  db: Database,
  { group_by, provider, ...ends }: StatsQuery,
  maxGroups: number,
): Promise<StoredTotals> {
  const found = await findRange(db, ends);
  const cover = !found ? NO_TIME : found.isAll ? ALL_TIME : coverRange(found.range);
  const kinds = await readKinds(db, { cover, provider });
  const groups =
    group_by && found
      ? await readGroups(db, { range: found.range, cover, kinds, group_by, provider, limit: maxGroups })
      : [];
  // Each batch is in one group: when all groups are here, their times are those of all batches.
  const isWhole = group_by !== undefined && groups.length < maxGroups;
  const parts = isWhole
    ? groups.map(({ times }) => times)
    : (await readTimes(db, { cover, group_by: '', provider }, Prisma.sql`''`)).values();
  return { ...kinds, times: addTimes(noTimes(), parts), groups };
}
