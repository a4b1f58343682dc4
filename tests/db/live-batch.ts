import type { Database } from '@batchdesk/server/testing';
import { updateBatch } from '../../apps/server/src/db/batches.ts';
import { importBatch } from '../../apps/server/src/db/import-batch.ts';
import { insertJob } from '../../apps/server/src/db/jobs.ts';
import { adoptBatch } from '../../apps/server/src/db/ledgers.ts';
import { markCollected } from '../../apps/server/src/db/mark-collected.ts';
import { unknownPart } from '../../apps/server/src/db/new-submissions.ts';
import { insertRequests } from '../../apps/server/src/db/requests.ts';
import type { LedgerPart } from '../../apps/server/src/db/requests.ts';
import { readRows, storeResults } from '../../apps/server/src/db/results.ts';
import { completeSubmission } from '../../apps/server/src/db/complete-submission.ts';
import type { ProviderBatch } from '../../apps/server/src/provider/provider.ts';
import type { GeneratedBatch, Tokens } from './generated-batches.ts';

const endpoint = '/v1/responses';

/** What the provider says of a generated batch in a status. */
export function said(
  { id, model, day, second, lines, status: end }: GeneratedBatch,
  status: ProviderBatch['status'],
  usage: Tokens | null,
): ProviderBatch {
  const created_at = Date.parse(day) / 1_000 + second;
  const isOver = status === end;
  const completed = isOver ? lines.filter((line) => line !== null).length : 0;
  const total = end === 'failed' || status === 'validating' ? 0 : lines.length;
  return {
    id,
    object: 'batch',
    endpoint,
    // Some servers say the model late.
    model: status === 'validating' ? null : model,
    errors: null,
    input_file_id: 'file-1',
    completion_window: '24h',
    status,
    output_file_id: completed > 0 ? 'file-2' : null,
    error_file_id: null,
    created_at,
    in_progress_at: created_at,
    expires_at: created_at + 86_400,
    finalizing_at: null,
    completed_at: null,
    failed_at: null,
    expired_at: null,
    cancelling_at: null,
    cancelled_at: null,
    request_counts: { total, completed, failed: isOver && total > 0 ? total - completed : 0 },
    usage: usage && {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.output,
    },
    metadata: null,
  };
}

/** Hands a batch in, or meets it at the provider; returns whose its requests are. */
export async function begin(db: Database, batch: GeneratedBatch): Promise<LedgerPart> {
  const first = said(batch, 'validating', null);
  if (batch.kind === 'imported') return adoptBatch(db, await importBatch(db, first, 'openai'));
  const { job_id, submission_ids } = await insertJob(db, {
    kind: 'job',
    provider: 'openai',
    name: null,
    endpoint,
    completion_window: '24h',
    metadata: null,
    output_expires_after: null,
    retry: null,
    completion_deadline: null,
    input: null,
    input_file_id: 'file-1',
    budget: null,
    parts: [unknownPart(batch.model)],
    idempotency: null,
  });
  const submission = await db.submission.findUniqueOrThrow({ where: { id: submission_ids[0]! } });
  await completeSubmission(db, submission, { batch: first, provider: 'openai' });
  return { job_id, submission_id: submission.id };
}

/** Reads the answers of a batch; not all of them when not `isRead`. */
export async function collect(
  db: Database,
  { id, lines }: GeneratedBatch,
  part: LedgerPart,
  { isRead = true } = {},
): Promise<void> {
  const requests = lines.map((_, index) => [index + 1, `r${index}`, 0, 10, 0, 1]);
  const owner = { job_id: part.job_id, submission_ids: [part.submission_id] };
  await insertRequests(db, owner, [JSON.stringify(requests)]);
  const rows = await readRows(db, part);
  const results = lines.map((line, index) => ({
    rowid: rows.get(`r${index}`)!,
    outcome: line ? ('succeeded' as const) : ('failed' as const),
    result_type: line ? ('output' as const) : ('error' as const),
    result_offset: 0,
    result_bytes: 10,
    status_code: line ? 200 : 400,
    error_code: null,
    input_tokens: line?.input ?? null,
    cached_tokens: line?.cached ?? null,
    output_tokens: line?.output ?? null,
    reasoning_tokens: line?.reasoning ?? null,
  }));
  await storeResults(db, results);
  await markCollected(db, { id, job_id: part.job_id }, { counts: {}, hasLines: isRead });
}

/** Takes a batch through its life, as the provider tells of it. */
export async function live(db: Database, batch: GeneratedBatch): Promise<void> {
  const { status, says, usage } = batch;
  const part = await begin(db, batch);
  if (status !== 'failed') await updateBatch(db, said(batch, 'in_progress', null));
  const none = { input: 0, cached: 0, output: 0, reasoning: 0 };
  const isTold = says === 'usage' || says === 'lost';
  const ending = isTold ? usage : says === 'zero' ? none : null;
  await updateBatch(db, said(batch, status, status === 'failed' ? null : ending));
  if (batch.isCollected) await collect(db, batch, part);
  if (status === 'failed') return;
  if (says === 'late') await updateBatch(db, said(batch, status, usage));
  if (says === 'lost') await updateBatch(db, said(batch, status, null));
}
