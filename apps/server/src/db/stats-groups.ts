import { setImmediate as nextTurn } from 'node:timers/promises';
import { BatchdeskError } from '@batchdesk/shared';
import type { StatsQuery } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { coverRange, cutIntoWeeks } from './stats-cover.ts';
import type { Cover, TimeRange } from './stats-cover.ts';
import { selectTotals, sumTotals } from './stats-sums.ts';
import type { NamedSums } from './stats-sums.ts';
import { addTimes, noTimes, readTimes } from './stats-times.ts';
import type { Histograms } from './stats-times.ts';

/** The sums of one group, and its times. */
export type GroupSums = NamedSums & { times: Histograms };

/** Which groups to read. */
export interface GroupsQuery {
  group_by: NonNullable<StatsQuery['group_by']>;
  provider: string | undefined;
  /** When the batches were created, and the totals of that time. */
  range: TimeRange;
  cover: Cover;
  /** What was read of that time already. */
  kinds: Record<'models' | 'endpoints', NamedSums[]>;
  /** Groups to give at most. */
  limit: number;
}

/** Rows of a metadata key that are added up at most: a tenth of a second, in which nobody else has an answer. */
const MAX_ROWS = 50_000;

const DAY = Prisma.raw('period');
const MONTH = Prisma.raw('substr(period, 1, 7)');
/** ISO weeks, with the year that their Thursday is in. */
const WEEK = Prisma.raw(`strftime('%G-W%V', period)`);
const VALUE = Prisma.raw('value');

/**
 * The sums of each group, by time or the dearest first.
 *
 * @throws {BatchdeskError} `too_many_groups` for a metadata key of too many values
 */
export async function readGroups(db: Database, query: GroupsQuery): Promise<GroupSums[]> {
  const { group_by, range } = query;
  switch (group_by) {
    case 'day':
      return readDays(db, query, DAY);
    case 'week':
      return readDays(db, query, WEEK);
    case 'month':
      return readPeriods(db, query, { cover: coverRange(range), name: MONTH });
    case 'model':
      return withTimes(dearest(query.kinds.models, query), await readTimes(db, query, VALUE));
    case 'endpoint':
      return withTimes(dearest(query.kinds.endpoints, query), await readTimes(db, query, VALUE));
    default:
      return readValues(db, query);
  }
}

/** Day by day there is much to add up: some weeks at a time, with turns for others in between. */
async function readDays(db: Database, query: GroupsQuery, name: Prisma.Sql): Promise<GroupSums[]> {
  const groups: GroupSums[] = [];
  for (const range of cutIntoWeeks(query.range)) {
    groups.push(...(await readPeriods(db, query, { cover: coverRange(range, { byDay: true }), name })));
    if (groups.length >= query.limit) break;
    await nextTurn();
  }
  return groups.slice(0, query.limit);
}

async function readPeriods(
  db: Database,
  query: GroupsQuery,
  { cover, name }: { cover: Cover; name: Prisma.Sql },
): Promise<GroupSums[]> {
  const source = { ...query, cover, group_by: '' };
  const groups = await sumTotals(db, selectTotals(source), { name, limit: query.limit });
  return withTimes(groups, await readTimes(db, source, name));
}

/** The values of a metadata key; the batches that have none are what is left of all. */
async function readValues(db: Database, query: GroupsQuery): Promise<GroupSums[]> {
  // Metadata has no total for all time.
  const source = { ...query, cover: coverRange(query.range) };
  const all = { ...query, group_by: '' };
  const ofValues = selectTotals(source);
  await refuseTooMany(db, ofValues);
  const value = Prisma.sql`''`;
  const rest = [selectTotals(all, { value }), selectTotals(source, { value, sign: -1 })];
  const how = { name: VALUE, order: 'cost', limit: query.limit } as const;
  const groups = await sumTotals(db, Prisma.join([ofValues, ...rest], ' UNION ALL '), how);
  const times = await readTimes(db, source, VALUE);
  const timesOfAll = await readTimes(db, all, value);
  // A value may be empty too: then its batches are among these.
  times.delete('');
  times.set('', addTimes(timesOfAll.get('') ?? noTimes(), times.values(), -1));
  return withTimes(groups, times);
}

async function refuseTooMany(db: Database, rows: Prisma.Sql): Promise<void> {
  const [counted] = await db.$queryRaw<[{ count: bigint }]>`
    SELECT count(*) AS count FROM (SELECT 1 FROM (${rows}) LIMIT ${MAX_ROWS + 1})`;
  if (counted.count <= MAX_ROWS) return;
  throw new BatchdeskError('too_many_groups', { details: { max_groups: MAX_ROWS } });
}

function dearest(groups: readonly NamedSums[], { limit }: GroupsQuery): NamedSums[] {
  // By name they come.
  const inOrder = groups.toSorted((a, b) => Number(b.cost - a.cost) || Number(b.batches - a.batches));
  return inOrder.slice(0, limit);
}

function withTimes(groups: NamedSums[], times: Map<string, Histograms>): GroupSums[] {
  return groups.map((group) => Object.assign({}, group, { times: times.get(group.name) ?? noTimes() }));
}
