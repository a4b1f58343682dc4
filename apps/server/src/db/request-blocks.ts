import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { IS_WANTED, eachWanted, inPortions } from './request-groups.ts';
import type { RequestGroup } from './request-groups.ts';

/**
 * A stretch of the input, and the groups all of whose requests are in it: no other group has one there. Mostly those of one
 * batch.
 */
export interface RequestBlock {
  groups: RequestGroup[];
  /** The first line of a request of these, and the last. */
  first: number;
  last: number;
  count: number;
}

/** Cuts groups of requests into blocks, in input order: how many requests come before each is known without reading them. */
export async function findBlocks(db: Database, groups: readonly RequestGroup[]): Promise<RequestBlock[]> {
  const found: [number | null, number][] = [];
  for await (const portion of inPortions(groups)) {
    const [{ ends }] = await db.$queryRaw<[{ ends: string }]>`
      SELECT json_group_array(json_array(
        (SELECT min(line) FROM requests WHERE ${IS_WANTED}), (SELECT max(line) FROM requests WHERE ${IS_WANTED}))) AS ends
      FROM ${eachWanted(portion)}`;
    found.push(...(JSON.parse(ends) as [number | null, number][]));
  }
  const placed = groups.flatMap((group, index) => {
    const [first, last] = found[index]!;
    return first === null ? [] : [{ group, first, last }]; // it has gone meanwhile
  });
  const blocks: RequestBlock[] = [];
  for (const { group, first, last } of placed.toSorted((a, b) => a.first - b.first)) {
    const block = blocks.at(-1);
    if (block && first <= block.last) {
      block.groups.push(group);
      block.last = Math.max(block.last, last);
      block.count += group.count;
    } else blocks.push({ groups: [group], first, last, count: group.count });
  }
  return blocks;
}

/** The groups in which the next `limit` requests after a line are. */
export function groupsAfter(
  blocks: readonly RequestBlock[],
  { after, limit }: { after: number; limit: number },
): RequestGroup[] {
  const groups: RequestGroup[] = [];
  let sure = 0;
  for (const block of blocks) {
    if (block.last <= after) continue;
    groups.push(...block.groups);
    // Of one in whose midst the line is, it is not known how many come after.
    if (block.first > after) sure += block.count;
    if (sure >= limit) break;
  }
  return groups;
}

/** The requests of groups in lines after one and up to another, by their lines. */
export function linesOfGroups(groups: readonly RequestGroup[]): (after: number, until: number) => Prisma.Sql {
  return (after, until) => Prisma.sql`FROM ${eachWanted(groups)}
    CROSS JOIN requests ON ${IS_WANTED} AND line > ${after} AND line <= ${until}`;
}
