import type { WaitReason } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { Database } from './database.ts';
import { SMALL_SHARE } from './small-share.ts';

/** A submission that is ready to be sent. */
export interface WaitingRow {
  id: string;
  job_id: string;
  endpoint: string;
  model: string | null;
  request_count: number | null;
  /** Input tokens by our estimate. */
  estimated_tokens: number;
  /** Of the answers of those requests that limit them. */
  max_output_tokens: number;
  uncapped_requests: number;
  /** What it was expected to cost when that was stored last, in 1e-10 US dollars. */
  estimated_cost: bigint | null;
  /** Unix seconds. */
  created_at: number;
  status: string;
  wait_reason: string | null;
}

type RawRow = Omit<WaitingRow, NumberColumn> &
  Record<NumberColumn, number | bigint> & {
    request_count: number | bigint | null;
  };
type NumberColumn =
  | 'request_count'
  | 'estimated_tokens'
  | 'max_output_tokens'
  | 'uncapped_requests'
  | 'created_at';

/** Rows that one statement changes. */
const PAGE = 500;

/**
 * Submissions of running jobs that may be sent as far as it is up to them, first in, first out. At most `limit` of each
 * model, and as many again of its small ones: those that wait behind thousands of large ones have to be seen. Of those that a budget
 * holds the first of each job: what is behind it stays where it is, and must not hide other jobs.
 */
export async function findWaiting(
  db: Database,
  provider: string,
  now: number,
  limit: number,
): Promise<WaitingRow[]> {
  const rows = await db.$queryRaw<RawRow[]>`
    SELECT id, job_id, endpoint, model, request_count, estimated_tokens, max_output_tokens, uncapped_requests,
      estimated_cost, created_at, status, wait_reason FROM (
      SELECT s.*, j.created_at AS job_created_at,
        s.wait_reason IN ('job_budget', 'month_budget') AS is_held, row_number() OVER (
        PARTITION BY s.model, coalesce(s.estimated_tokens * ${SMALL_SHARE} * l.scale <= l.enqueued_tokens, 0),
          iif(s.wait_reason IN ('job_budget', 'month_budget'), s.job_id, '')
        ORDER BY j.created_at, j.id, s.sequence) AS place
      FROM submissions s JOIN jobs j ON j.id = s.job_id
      LEFT JOIN model_limits l ON l.provider = s.provider AND l.model = s.model
      WHERE s.provider = ${provider} AND s.status IN ('planned', 'waiting_for_capacity')
        AND s.claimed_until <= ${now} AND s.not_before <= ${now} AND j.status = 'in_progress')
    WHERE place <= iif(is_held, 1, ${limit}) ORDER BY job_created_at, job_id, sequence`;
  return rows.map((row) =>
    Object.assign(row, {
      request_count: row.request_count === null ? null : Number(row.request_count),
      estimated_tokens: Number(row.estimated_tokens),
      max_output_tokens: Number(row.max_output_tokens),
      uncapped_requests: Number(row.uncapped_requests),
      created_at: Number(row.created_at),
    }),
  );
}

/** Notes why submissions wait. Of those that wait for something else now an event tells, unless others are only being sent. */
export async function noteWaits(
  db: Database,
  waits: readonly { id: string; reason: WaitReason }[],
): Promise<void> {
  for (let at = 0; at < waits.length; at += PAGE) await notePage(db, waits.slice(at, at + PAGE));
}

async function notePage(db: Database, waits: readonly { id: string; reason: WaitReason }[]): Promise<void> {
  const now = nowSeconds();
  await db.$transaction(async (transaction) => {
    const rows = await transaction.submission.findMany({
      where: {
        id: { in: waits.map(({ id }) => id) },
        status: { in: ['planned', 'waiting_for_capacity'] },
        claimed_until: { lte: now },
      },
      select: { id: true, job_id: true, status: true, wait_reason: true },
    });
    const reasons = new Map(waits.map(({ id, reason }) => [id, reason]));
    const changed = rows.filter(
      ({ id, status, wait_reason }) => status !== 'waiting_for_capacity' || wait_reason !== reasons.get(id),
    );
    for (const [reason, group] of Map.groupBy(changed, ({ id }) => reasons.get(id)!)) {
      await transaction.submission.updateMany({
        where: { id: { in: group.map(({ id }) => id) } },
        data: { status: 'waiting_for_capacity', wait_reason: reason, updated_at: now },
      });
      if (reason === 'busy') continue;
      const type = 'submission.waiting';
      const events = group.map(({ id, job_id }) => ({
        job_id,
        type,
        data: JSON.stringify({ submission_id: id, reason }),
        created_at: now,
      }));
      await transaction.event.createMany({ data: events });
    }
  });
}

/** How many submissions of each model are still to be sent. */
export async function countWaiting(db: Database, provider: string): Promise<Map<string, number>> {
  const groups = await db.submission.groupBy({
    by: ['model'],
    where: { provider, status: { in: ['planned', 'waiting_for_capacity'] }, model: { not: null } },
    _count: true,
  });
  return new Map(groups.map(({ model, _count }) => [model!, _count]));
}
