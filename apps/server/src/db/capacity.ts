import { ACTIVE_STATUSES } from '@batchdesk/shared';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';
import { inOurTokens, listModelLimits } from './model-limits.ts';
import { SMALL_SHARE } from './small-share.ts';

/** What a model has room for. Tokens are those of our estimate; times are Unix seconds. */
export interface Room {
  /** Tokens that may be enqueued, `null` when not known. */
  limit: number | null;
  enqueued: number;
  /** Of these, the tokens of small submissions: see `SMALL_SHARE`. */
  enqueuedSmall: number;
  /** Batches that are on their way or validating. */
  unvalidated: number;
  /** Batches that passed validation, ever; not counted beyond `MOST_VALIDATED`. */
  validated: number;
  blocked_until: number;
  /** When one that is not small last made room, 0 when none has. */
  large_ended_at: number;
}

/** So many batches that passed validation are as good as more. */
const MOST_VALIDATED = 1_000;
/** Batches of a model, newest first, among which the one that ended last is looked for. */
const RECENT_BATCHES = 200;

const active = Prisma.join([...ACTIVE_STATUSES]);

interface ActiveRow {
  model: string;
  tokens: bigint;
  is_unvalidated: bigint;
}

interface PastRow {
  model: string;
  validated: bigint;
  large_ended_at: bigint;
}

/** What is on its way to a provider or there, and what each model has room for. Models of which nothing is known are left out. */
export async function readRooms(db: Database, provider: string, now: number): Promise<Map<string, Room>> {
  const limits = new Map((await listModelLimits(db, provider)).map((limit) => [limit.model, limit]));
  const rooms = new Map<string, Room>();
  for (const { model, validated, large_ended_at } of await readPast(db, provider)) {
    const known = limits.get(model);
    const limit = known ? inOurTokens(known) : null;
    const past = { validated: Number(validated), large_ended_at: Number(large_ended_at) };
    const none = { enqueued: 0, enqueuedSmall: 0, unvalidated: 0 };
    rooms.set(model, { limit, ...none, ...past, blocked_until: known?.blocked_until ?? 0 });
  }
  // What is claimed and not begun counts as well: others must not take its room meanwhile.
  const rows = await db.$queryRaw<ActiveRow[]>`
    SELECT model, estimated_tokens AS tokens, 1 AS is_unvalidated FROM submissions
    WHERE provider = ${provider} AND model IS NOT NULL AND (status IN ('uploading', 'creating')
      OR (status IN ('planned', 'waiting_for_capacity') AND claimed_until > ${now}))
    UNION ALL
    SELECT s.model, s.estimated_tokens, b.status = 'validating' FROM batches b
    JOIN submissions s ON s.batch_id = b.id AND s.status = 'submitted' AND s.model IS NOT NULL
    WHERE b.provider = ${provider} AND b.status IN (${active})`;
  for (const row of rows) {
    const room = rooms.get(row.model);
    if (!room) continue;
    const tokens = Number(row.tokens);
    room.enqueued += tokens;
    if (room.limit !== null && tokens * SMALL_SHARE <= room.limit) room.enqueuedSmall += tokens;
    room.unvalidated += Number(row.is_unvalidated);
  }
  return rooms;
}

/** What became of earlier batches of the models that have a limit, or submissions that are to be sent or at the provider. */
function readPast(db: Database, provider: string): Promise<PastRow[]> {
  return db.$queryRaw<PastRow[]>`
    WITH models AS (
      SELECT model FROM model_limits WHERE provider = ${provider}
      UNION SELECT model FROM submissions WHERE provider = ${provider} AND model IS NOT NULL
        AND status IN ('planned', 'waiting_for_capacity', 'uploading', 'creating')
      UNION SELECT s.model FROM batches b
        JOIN submissions s ON s.batch_id = b.id AND s.status = 'submitted' AND s.model IS NOT NULL
        WHERE b.provider = ${provider} AND b.status IN (${active}))
    SELECT m.model,
      (SELECT count(*) FROM (SELECT 1 FROM submissions s JOIN batches b ON b.id = s.batch_id
        WHERE s.provider = ${provider} AND s.model = m.model AND b.in_progress_at IS NOT NULL
        LIMIT ${MOST_VALIDATED})) AS validated,
      coalesce((SELECT max(coalesce(b.completed_at, b.failed_at, b.expired_at, b.cancelled_at))
        FROM (SELECT * FROM submissions WHERE provider = ${provider} AND model = m.model
          ORDER BY created_at DESC LIMIT ${RECENT_BATCHES}) s
        JOIN batches b ON b.id = s.batch_id
        LEFT JOIN model_limits l ON l.provider = ${provider} AND l.model = m.model
        WHERE b.in_progress_at IS NOT NULL AND b.status NOT IN (${active})
          AND s.estimated_tokens * ${SMALL_SHARE} * l.scale > l.enqueued_tokens), 0) AS large_ended_at
    FROM models m`;
}

/** Batches that a provider was asked to create since then, in Unix seconds. */
export async function countCreations(db: Database, provider: string, since: number): Promise<number> {
  return db.submission.count({ where: { provider, creation_at: { gte: since } } });
}

/** Tokens by our estimate of the batches of a model that passed validation and still run. */
export async function sumRunning(
  db: DatabaseOrTransaction,
  provider: string,
  model: string,
): Promise<number> {
  const [row] = await db.$queryRaw<[{ tokens: bigint | null }]>`
    SELECT sum(s.estimated_tokens) AS tokens FROM batches b
    JOIN submissions s ON s.batch_id = b.id AND s.status = 'submitted' AND s.model = ${model}
    WHERE b.provider = ${provider} AND b.status IN ('in_progress', 'finalizing')`;
  return Number(row.tokens ?? 0);
}
