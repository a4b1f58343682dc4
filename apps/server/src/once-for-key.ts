import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { BatchdeskError } from '@batchdesk/shared';
import type { Database } from './db/database.ts';
import { findIdempotencyKey } from './db/idempotency-keys.ts';
import type { NewIdempotencyKey } from './db/idempotency-keys.ts';

/** A call that may come twice. */
export interface KeyedCall {
  /** The caller's Idempotency-Key, if there is one. */
  key: string | undefined;
  operation: string;
  /** All that was sent, as JSON. */
  content: unknown;
}

/** What to do for a call. */
export interface KeyedWork<T> {
  first: (idempotency: NewIdempotencyKey | null) => Promise<T>;
  again: (jobId: string) => Promise<T>;
}

/** How long a call waits for the first one with its key, in milliseconds, and how long between looks. */
const WAIT_MS = 30_000;
const LOOK_MS = 100;

/**
 * Does a piece of work once for each key: `first` stores the key together with its job, `again` answers whoever comes with
 * it later, and waits while the first call is under way.
 *
 * @throws {BatchdeskError} `idempotency_key_reused` when something else came with the key, `idempotency_key_in_use` when
 * the first call has not come to its end meanwhile
 */
export async function onceForKey<T>(db: Database, call: KeyedCall, work: KeyedWork<T>): Promise<T> {
  if (call.key === undefined) return work.first(null);
  const endMs = performance.now() + WAIT_MS;
  for (;;) {
    try {
      return await tryOnce(db, { ...call, key: call.key }, work);
    } catch (error) {
      const isInUse = error instanceof BatchdeskError && error.code === 'idempotency_key_in_use';
      if (!isInUse || performance.now() > endMs) throw error;
      await delay(LOOK_MS);
    }
  }
}

async function tryOnce<T>(
  db: Database,
  { key, operation, content }: KeyedCall & { key: string },
  work: KeyedWork<T>,
): Promise<T> {
  const fingerprint = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const known = await findIdempotencyKey(db, key);
  if (known) {
    if (known.operation !== operation || known.fingerprint !== fingerprint) {
      throw new BatchdeskError('idempotency_key_reused', { param: 'Idempotency-Key' });
    }
    if (!known.isAccepted) throw new BatchdeskError('idempotency_key_in_use', { param: 'Idempotency-Key' });
    return work.again(known.job_id);
  }
  try {
    return await work.first({ key, operation, fingerprint });
  } catch (error) {
    // The key is stored in the transaction that makes the job: of two at once, one finds it taken.
    if (!isTaken(error)) throw error;
    throw new BatchdeskError('idempotency_key_in_use', { param: 'Idempotency-Key', cause: error });
  }
}

/** Source: Prisma's error reference, P2002, "Unique constraint failed". */
function isTaken(error: unknown): boolean {
  return (error as { code?: string } | null)?.code === 'P2002';
}
