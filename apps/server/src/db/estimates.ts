import type { Database } from './database.ts';

/** What an estimate of a submission is made from. */
export interface Unrefined {
  id: string;
  model: string;
  /** Input tokens by the estimate so far. */
  estimated_tokens: number;
  request_count: number;
  /** Of its requests; `null` when not known. */
  input_bytes: number | null;
  /** Name in storage of the input of its job. */
  input_name: string;
}

/** A request that stands for others: its place in the input, and tokens by the estimate so far. */
export interface SamplePlace {
  offset: number;
  bytes: number;
  estimated_tokens: number;
}

/** How many input tokens a submission has, and how far that may be off, as a share of it. */
export interface TokenEstimate {
  estimated_tokens: number;
  estimate_method: 'tokenizer' | 'bytes';
  estimate_error: number;
}

/** What one batch was made from at once is not refined: there is nothing to decide by it. */
const isWaiting = {
  settled_at: null,
  OR: [
    { status: { in: ['planned', 'waiting_for_capacity'] } },
    { status: { in: ['uploading', 'creating', 'submitted'] }, job: { kind: 'job' } },
  ],
};

/** Ids of submissions that wait and whose estimate was not refined yet, oldest first, at most `limit`. */
export async function findUnrefined(db: Database, provider: string, limit: number): Promise<string[]> {
  const rows = await db.submission.findMany({
    where: {
      ...isWaiting,
      provider,
      estimate_error: null,
      model: { not: null },
      request_count: { gt: 0 },
      job: { status: 'in_progress', input_name: { not: null } },
    },
    select: { id: true },
    orderBy: [{ created_at: 'asc' }, { job_id: 'asc' }, { sequence: 'asc' }],
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** What the estimate of a submission is made from, `null` when there is nothing to refine. */
export async function findToRefine(db: Database, submissionId: string): Promise<Unrefined | null> {
  const row = await db.submission.findFirst({
    where: { ...isWaiting, id: submissionId, estimate_error: null },
    include: { job: { select: { input_name: true } } },
  });
  if (!row) return null;
  const { id, model, estimated_tokens, request_count, input_bytes, job } = row;
  if (model === null || !request_count || job.input_name === null) return null;
  const { input_name } = job;
  return { id, model, estimated_tokens: Number(estimated_tokens), request_count, input_bytes, input_name };
}

/** `take` requests of a submission's `total`, spread evenly, in input order. */
export async function readSample(
  db: Database,
  submissionId: string,
  { take, total }: { take: number; total: number },
): Promise<SamplePlace[]> {
  const [{ rows }] = await db.$queryRaw<[{ rows: string }]>`
    SELECT json_group_array(json_object(
      'offset', r.input_offset, 'bytes', r.input_bytes, 'estimated_tokens', r.estimated_tokens)) AS rows
    FROM (
      SELECT rowid AS id, row_number() OVER (ORDER BY line) - 1 AS place FROM requests
      WHERE submission_id = ${submissionId} AND is_superseded = 0 AND outcome = 'pending' AND error_code IS NULL
    ) p CROSS JOIN requests r ON r.rowid = p.id
    WHERE (p.place * ${take}) % ${total} < ${take}`;
  return JSON.parse(rows) as SamplePlace[];
}

/** Input tokens, by the estimate so far, of those requests of a submission that have no fewer bytes than `leastBytes`. */
export async function sumTokensFrom(db: Database, submissionId: string, leastBytes: number): Promise<number> {
  const { _sum } = await db.request.aggregate({
    where: {
      submission_id: submissionId,
      is_superseded: false,
      outcome: 'pending',
      error_code: null,
      input_bytes: { gte: leastBytes },
    },
    _sum: { estimated_tokens: true },
  });
  return _sum.estimated_tokens ?? 0;
}

/** Stores the estimate of a submission. */
export async function saveEstimate(
  db: Database,
  submissionId: string,
  estimate: TokenEstimate,
): Promise<void> {
  await db.submission.updateMany({ where: { id: submissionId }, data: estimate });
}
