import { nowSeconds } from '../clock.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';

/** A key under which a call may be repeated. */
export interface NewIdempotencyKey {
  key: string;
  /** What was called. */
  operation: string;
  /** Hash of what was sent. */
  fingerprint: string;
}

/** A key that was used, and the job that it gave; `isAccepted` once the job counts. */
export interface UsedIdempotencyKey extends NewIdempotencyKey {
  job_id: string;
  isAccepted: boolean;
}

/** Stores the key of a job. Throws when it is taken. */
export async function saveIdempotencyKey(
  db: DatabaseOrTransaction,
  job_id: string,
  { key, operation, fingerprint }: NewIdempotencyKey,
): Promise<void> {
  await db.idempotencyKey.create({ data: { key, operation, fingerprint, job_id, created_at: nowSeconds() } });
}

/** A key that was used, `null` when it is new. */
export async function findIdempotencyKey(db: Database, key: string): Promise<UsedIdempotencyKey | null> {
  const row = await db.idempotencyKey.findUnique({
    where: { key },
    include: { job: { select: { status: true } } },
  });
  if (!row) return null;
  const { operation, fingerprint, job_id, job } = row;
  return { key, operation, fingerprint, job_id, isAccepted: job.status !== 'accepting' };
}

/** Forgets a key: what came with it was refused, and may come again. */
export async function removeIdempotencyKey(db: Database, key: string): Promise<void> {
  await db.idempotencyKey.deleteMany({ where: { key } });
}
