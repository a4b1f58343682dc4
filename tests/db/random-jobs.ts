import { BATCH_STATUSES } from '@batchdesk/shared';
import type { Database } from '@batchdesk/server/testing';
import { createRandom } from '../shared/random.ts';

export const ENDPOINTS = ['/v1/responses', '/v1/embeddings', '/v1/chat/completions'];
export const MODELS = ['gpt-4o', 'gpt-4o-mini', 'rare'];
export const HASHES = ['a'.repeat(64), 'b'.repeat(64)];
export const START = 1_760_000_000;
const MARK = `sub_${'0'.repeat(32)} sha256:${'a'.repeat(64)}`;
const METADATA = [
  null,
  { team: 'search' },
  { team: 'support', project: 'été = 10 %' },
  { batchdesk: 'mine', 'a"b': '\\ "x"' },
  { batchdesk: MARK },
  { batchdesk: MARK, team: 'search' },
];
const STATUSES = ['in_progress', 'cancelling', 'completed', 'completed', 'cancelled', 'accepting'];
const SUBMISSION_STATUSES = [
  'planned',
  'waiting_for_capacity',
  'uploading',
  'creating',
  'failed',
  'cancelled',
];
const OUTCOMES = ['succeeded', 'failed', 'expired', 'cancelled', 'missing'];

/** What rows of jobs, batches and submissions may be like, the same in every run; few values, so that many are equal. */
export function createRandomRows(seed: number) {
  const { below, pick } = createRandom(seed);
  const time = () => START + below(12) * 100;
  const job = () => ({
    kind: pick(['job', 'batch', 'imported']),
    status: pick(STATUSES),
    name: pick([null, 'Night run', '100 %_']),
    endpoint: pick(ENDPOINTS),
    metadata: stringify(pick(METADATA)),
    input_sha256: pick([null, null, ...HASHES]),
    total_requests: pick([null, 0, 1, 2, 2, 7]),
    created_at: time(),
    finished_at: pick([null, time(), time()]),
  });
  const batch = () => ({
    endpoint: '/v1/responses',
    model: pick([null, ...MODELS]),
    status: pick(BATCH_STATUSES),
    requests_total: below(4),
    requests_completed: 0,
    requests_failed: pick([0, 0, 1]),
    ...pick([
      { cost: null, synchronous_cost: null },
      { cost: 0n, synchronous_cost: 0n },
      { cost: 5n, synchronous_cost: 10n },
      { cost: 2n ** 40n, synchronous_cost: 2n ** 41n },
    ]),
  });
  const submission = () => ({
    status: pick(SUBMISSION_STATUSES),
    model: pick([null, ...MODELS]),
    settled_at: pick([null, START]),
    outcomes: pick([null, '[]', JSON.stringify([[pick(OUTCOMES), null, 1 + below(3)]])]),
  });
  return { below, pick, job, batch, submission };
}

const stringify = (metadata: object | null) => metadata && JSON.stringify(metadata);

/** What rows lack that nothing here depends on. */
export const batchRest = {
  provider: 'local',
  input_file_id: 'file-1',
  completion_window: '24h',
  created_at: 1,
  refreshed_at: 1,
};
export const submissionRest = {
  provider: 'local',
  endpoint: '/v1/responses',
  completion_window: '24h',
  created_at: 1,
  updated_at: 1,
};

/** Stores `count` jobs with up to three batches and submissions each. */
export async function fillJobs(db: Database, count: number, seed: number): Promise<void> {
  const { below, pick, job, batch, submission } = createRandomRows(seed);
  const [jobs, batches, submissions] = [[], [], []] as [object[], object[], object[]];
  for (let index = 0; index < count; index += 1) {
    const job_id = `job_${below(2 ** 32).toString(16)}_${index}`;
    jobs.push({ id: job_id, ...job() });
    for (let part = 0; part < below(4); part += 1) {
      const batch_id = `batch_${index}_${part}`;
      const has = pick(['batch', 'submission', 'both'] as const);
      if (has !== 'submission') batches.push({ id: batch_id, job_id, ...batch(), ...batchRest });
      if (has === 'batch') continue;
      const ids = { id: `sub_${index}_${part}`, job_id, batch_id: has === 'both' ? batch_id : null };
      submissions.push({ ...ids, sequence: part, ...submission(), ...submissionRest });
    }
  }
  await db.job.createMany({ data: jobs as never });
  await db.batch.createMany({ data: batches as never });
  await db.submission.createMany({ data: submissions as never });
}
