import { nowSeconds } from '../clock.ts';
import { newId } from '../ids.ts';
import type { DatabaseOrTransaction } from './database.ts';
import type { JobModel } from './generated/models.ts';

/** The requests that go into one batch. `null` stands for what only the provider knows. */
export interface NewPart {
  model: string | null;
  request_count: number | null;
  bytes: number | null;
  estimated_tokens: number;
  /** Of the requests that limit their answer. */
  max_output_tokens: number;
  /** Requests that do not. */
  uncapped_requests: number;
}

/** A part of which no more than the model is known. */
export function unknownPart(model: string | null): NewPart {
  const tokens = { estimated_tokens: 0, max_output_tokens: 0, uncapped_requests: 0 };
  return { model, request_count: null, bytes: null, ...tokens };
}

/** What submissions of a job are made from. */
export interface NewSubmissions {
  parts: readonly NewPart[];
  /** The input at the provider, when it is there already; then there is one part. */
  input_file_id?: string | null;
  /** What each is expected to cost, in 1e-10 US dollars, where that is known already. */
  estimated_cost?: bigint | null;
  /** `planning` while requests are still handed to it. */
  status?: 'planned' | 'planning';
  /** The submission whose requests these take over. */
  replaces?: string;
}

/** Stores submissions of a job, after those that it has. Returns their ids in the order of the parts. */
export async function insertSubmissions(
  db: DatabaseOrTransaction,
  job: JobModel,
  { parts, input_file_id = null, estimated_cost = null, status = 'planned', replaces }: NewSubmissions,
): Promise<string[]> {
  const { id: job_id, provider, endpoint, completion_window, metadata, output_expires_after } = job;
  const now = nowSeconds();
  const before = await db.submission.count({ where: { job_id } });
  const isWhole = parts.length === 1 && replaces === undefined;
  const rows = parts.map(({ bytes, ...part }, index) => ({
    id: newId('sub'),
    job_id,
    sequence: before + index + 1,
    provider,
    status,
    endpoint,
    completion_window,
    metadata,
    output_expires_after,
    model: part.model,
    request_count: part.request_count,
    estimated_tokens: part.estimated_tokens,
    max_output_tokens: part.max_output_tokens,
    uncapped_requests: part.uncapped_requests,
    estimated_cost,
    is_whole: isWhole,
    replaces: replaces ?? null,
    input_bytes: bytes,
    input_sha256: isWhole ? job.input_sha256 : null,
    input_file_id,
    created_at: now,
    updated_at: now,
  }));
  await db.submission.createMany({ data: rows });
  return rows.map(({ id }) => id);
}
