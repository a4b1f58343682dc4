import type { Database } from '@batchdesk/server/testing';
import type { JobQuery } from '../../apps/server/src/db/select-jobs.ts';

type Row = Awaited<ReturnType<typeof readJobModels>>[number];

/** All accepted jobs with their batches and submissions, and what has to be kept of each, found here without SQL. */
export async function readJobModels(db: Database) {
  const rows = await db.job.findMany({
    where: { status: { not: 'accepting' } },
    include: { batches: true, submissions: true },
  });
  return rows.map((row) => Object.assign(row, { expected: factsOf(row) }));
}

type Facts = Pick<Stored, 'state' | 'request_count' | 'has_errors' | 'cost'>;
type Stored = Awaited<ReturnType<Database['job']['findMany']>>[number];
type Whole = Stored & {
  batches: Awaited<ReturnType<Database['batch']['findMany']>>;
  submissions: Awaited<ReturnType<Database['submission']['findMany']>>;
};

const ACTIVE = ['in_progress', 'validating', 'finalizing', 'cancelling'];

function factsOf({ kind, status, total_requests, batches, submissions }: Whole): Facts {
  const statuses = new Set(batches.map((batch) => batch.status));
  const isSeenOnly =
    total_requests === null ||
    (kind === 'imported' && submissions.every(({ settled_at }) => settled_at === null));
  const unsuccessful = submissions.flatMap(({ settled_at, outcomes }) =>
    settled_at === null
      ? []
      : (JSON.parse(outcomes ?? '[]') as [string, null, number][]).filter(
          ([outcome]) => outcome !== 'succeeded',
        ),
  );
  const ran = (batch: Whole['batches'][number]) =>
    ['completed', 'expired', 'cancelled'].includes(batch.status);
  const synchronous = sum(batches.map(({ synchronous_cost }) => synchronous_cost ?? 0n));
  const isUnknown = synchronous === 0n && batches.some((batch) => batch.cost === null && ran(batch));
  return {
    state: stateOf(status, statuses, submissions),
    request_count: isSeenOnly
      ? batches.reduce((requests, { requests_total }) => requests + requests_total, 0)
      : total_requests,
    has_errors: isSeenOnly
      ? batches.some(({ requests_failed }) => requests_failed > 0)
      : unsuccessful.length > 0,
    cost: isUnknown ? null : sum(batches.map(({ cost }) => cost ?? 0n)),
  };
}

const sum = (numbers: bigint[]) => numbers.reduce((total, number) => total + number, 0n);

function stateOf(status: string, statuses: Set<string>, submissions: Whole['submissions']): string {
  if (status === 'cancelling' || status === 'cancelled') return status;
  if (status === 'completed') {
    const unsent = submissions
      .filter(({ batch_id }) => batch_id === null)
      .map((unsentOne) => unsentOne.status);
    return (
      ['completed', 'expired', 'cancelled'].find(
        (end) => statuses.has(end) || (end === 'cancelled' && unsent.includes(end)),
      ) ?? 'failed'
    );
  }
  const active = ACTIVE.find((one) => statuses.has(one));
  if (active) return active;
  if (submissions.some(({ batch_id, settled_at }) => batch_id === null && settled_at === null))
    return 'waiting';
  return statuses.size > 0 ? 'finalizing' : 'waiting';
}

/** Whether a job is one that a query asks for. */
export function isAskedFor(query: JobQuery, job: Row): boolean {
  const { state, status, kind, endpoint, model, q, metadata, created_after, created_before } = query;
  const pairs = pairsOf(job);
  const models = modelsOf(job);
  const texts = [
    job.id,
    job.name,
    job.endpoint,
    ...job.batches.map(({ id }) => id),
    ...models,
    ...pairs.flat(),
  ];
  return (
    (state ?? job.expected.state) === job.expected.state &&
    (status ?? job.status) === job.status &&
    (kind ?? job.kind) === job.kind &&
    (endpoint ?? job.endpoint) === job.endpoint &&
    (query.has_errors ?? job.expected.has_errors) === job.expected.has_errors &&
    (query.input_sha256 === undefined || query.input_sha256 === job.input_sha256) &&
    (query.ids?.includes(job.id) ?? true) &&
    job.created_at >= (created_after ?? 0) &&
    job.created_at < (created_before ?? Infinity) &&
    (model === undefined || models.includes(model)) &&
    (!metadata ||
      pairs.some(([key, value]) => key === metadata.key && (metadata.value ?? value) === value)) &&
    (q === undefined || texts.some((text) => text?.toLowerCase().includes(q.toLowerCase())))
  );
}

function pairsOf({ kind, metadata }: Row): [string, string][] {
  const pairs = Object.entries(JSON.parse(metadata ?? '{}') as Record<string, string>);
  return pairs.filter(
    ([key, value]) => !(kind === 'imported' && key === 'batchdesk' && value.startsWith('sub_')),
  );
}

function modelsOf({ batches, submissions }: Row): (string | null)[] {
  const unsent = submissions.filter(({ batch_id }) => batch_id === null);
  return [...batches, ...unsent].map(({ model }) => model).filter((model) => model !== null);
}

/** The order of a list: those without a value last. */
export function compareJobs(
  { sort, order }: { sort: 'created_at' | 'finished_at' | 'requests' | 'cost'; order: 'asc' | 'desc' },
  a: Row,
  b: Row,
): number {
  const [valueA, valueB] = [a, b].map((job) =>
    sort === 'created_at' || sort === 'finished_at'
      ? job[sort]
      : job.expected[sort === 'requests' ? 'request_count' : 'cost'],
  );
  if ((valueA === null) !== (valueB === null)) return valueA === null ? 1 : -1;
  const [x, y] = valueA === valueB ? [a.id, b.id] : [valueA!, valueB!];
  return x === y ? 0 : (x < y ? -1 : 1) * (order === 'asc' ? 1 : -1);
}
