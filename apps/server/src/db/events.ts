import { nowSeconds } from '../clock.ts';
import type { DatabaseOrTransaction } from './database.ts';

/** What can happen, in the words of the timeline. */
export type EventType =
  | 'job.created'
  | 'job.cancelling'
  | 'job.retried'
  | 'job.finished'
  | 'submission.waiting'
  | 'submission.failed'
  | 'submission.cancelled'
  | 'submission.replaced'
  | 'batch.created'
  | 'batch.imported'
  | 'batch.status'
  | 'batch.progress'
  | 'batch.stuck'
  | 'batch.collected'
  | 'batch.uncollectable'
  | 'requests.retried'
  | 'limit.learned'
  | 'budget.warned'
  | 'budget.reached'
  | 'provider.paused'
  | 'provider.resumed';

/** Something that happened, to a job or to all. */
export interface NewEvent {
  job_id?: string;
  batch_id?: string;
  type: EventType;
  data?: Record<string, string | number | null>;
}

/** Adds an event to the end of the list. */
export async function recordEvent(db: DatabaseOrTransaction, event: NewEvent): Promise<void> {
  const { job_id = null, batch_id = null, type, data } = event;
  const row = { job_id, batch_id, type, data: data ? JSON.stringify(data) : null, created_at: nowSeconds() };
  await db.event.create({ data: row });
}
