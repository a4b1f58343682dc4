import type { Job } from '@batchdesk/shared';

/** A row of the list. */
export interface Row {
  job: Job;
  /** It is not in the list any more: deleted, or it matches no longer. */
  isGone: boolean;
}

/** What is shown, and what waits to be. */
export interface MergedRows {
  rows: Row[];
  /** Jobs that would stand between or above those shown. */
  newCount: number;
}

interface MergeOptions {
  /** Nothing is known to come after what is shown. */
  isWhole: boolean;
  /** A job keeps its place in this order, as long as it matches. */
  isSteady: boolean;
}

/**
 * Puts what the first page says now into the rows that are shown, each in its place: no row moves, and what is new waits. What
 * comes after the last of them goes there at once, for that moves nothing.
 */
export function mergeRows(
  shown: readonly Job[],
  head: { data: readonly Job[]; has_more: boolean },
  { isWhole, isSteady }: MergeOptions,
): MergedRows {
  const fresh = new Map(head.data.map((job) => [job.id, job]));
  const known = new Set(shown.map(({ id }) => id));
  const lastKnown = shown.length === 0 ? -1 : head.data.findLastIndex(({ id }) => known.has(id));
  // Beyond the last that both have, the fresh page says nothing: it may just have ended.
  const lastSure = head.has_more
    ? shown.findLastIndex(({ id }) => isSteady && fresh.has(id))
    : shown.length - 1;
  const rows = shown.map((job, index) => ({
    job: fresh.get(job.id) ?? job,
    isGone: index <= lastSure && !fresh.has(job.id),
  }));
  const isAfter = (index: number) => shown.length === 0 || (lastKnown !== -1 && index > lastKnown);
  const unknown = head.data.map((job, index) => ({ job, index })).filter(({ job }) => !known.has(job.id));
  const after = isWhole || shown.length === 0 ? unknown.filter(({ index }) => isAfter(index)) : [];
  return {
    rows: [...rows, ...after.map(({ job }) => ({ job, isGone: false }))],
    newCount: unknown.filter(({ index }) => !isAfter(index)).length,
  };
}

/** The rows by id; those that say the same as before are the same objects, so that nothing of them is drawn again. */
export function keepSame(rows: readonly Row[], before: ReadonlyMap<string, Row>): Map<string, Row> {
  return new Map(
    rows.map((row) => {
      const old = before.get(row.job.id);
      const isSame = old && (old.job === row.job || JSON.stringify(old.job) === JSON.stringify(row.job));
      return [row.job.id, isSame && old.isGone === row.isGone ? old : row];
    }),
  );
}
