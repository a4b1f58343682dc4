import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '@batchdesk/server/testing';
import type { Database } from '@batchdesk/server/testing';
import { parseLines } from '../helpers/requests.ts';
import type { Call, KillWorld } from './kill-world.ts';

/** What is found when all is over. Every list is empty if nothing went wrong. */
export interface Audit {
  jobs: number;
  requests: number;
  batches: number;
  attempts: number;
  /** Jobs and requests that have no outcome, or no line in the results. */
  lost: string[];
  /** What was made, run or answered twice. */
  duplicates: string[];
  /** Files of which nothing knows, here or at the provider. */
  leftovers: string[];
  /** Answers that belong to other requests, counts that do not add up, and the like. */
  wrong: string[];
}

interface ProviderBatch {
  id: string;
  input_file_id: string;
  output_file_id: string | null;
  metadata: Record<string, string> | null;
  model: string | null;
  usage: { input_tokens: number; output_tokens: number };
}

interface ProviderFile {
  id: string;
  filename: string;
}

const FINAL = ['succeeded', 'failed', 'expired', 'cancelled', 'missing'] as const;
/** Dollars per million tokens, input and output, of the models that calls name. */
const PRICES: Record<string, [number, number]> = { 'gpt-4o-mini': [0.15, 0.6], 'gpt-4o': [2.5, 10] };
/** Times that a request may be sent: the default of `retry.attempts`. */
const ATTEMPTS = 3;
/** Milliseconds in which a server must have deleted what it has no more use for. */
const TIDY_MS = 5_000;

/** Looks at all that calls have left, here and at the provider. To be called when their jobs have ended. */
export async function audit(world: KillWorld, calls: readonly Call[]): Promise<Audit> {
  const found: Audit = {
    jobs: calls.length,
    requests: calls.reduce((sum, { customIds }) => sum + customIds.length, 0),
    batches: 0,
    attempts: 0,
    lost: [],
    duplicates: [],
    leftovers: [],
    wrong: [],
  };
  world.local.faults.clear();
  const db = await openDatabase(`file:${join(world.folder, 'data/batches.db')}`);
  try {
    for (const call of calls) await auditJob(world, { db, call, found });
    await auditProvider(world, { db, calls, found });
    await auditFolder(world, { db, found });
  } finally {
    await db.$disconnect();
  }
  return found;
}

async function auditJob(
  world: KillWorld,
  { db, call, found }: { db: Database; call: Call; found: Audit },
): Promise<void> {
  const { key, job_id, customIds } = call;
  if (job_id === undefined) return void found.lost.push(`${key}: never acknowledged`);
  const url = `${world.url()}/api/jobs/${job_id}`;
  const { job }: any = await (await fetch(url)).json();
  if (job?.status !== 'completed') return void found.lost.push(`${key}: ${job?.status ?? 'no job'}`);
  const sum = FINAL.reduce((total, outcome) => total + job.counts[outcome], 0);
  if (job.counts.total !== customIds.length || sum !== customIds.length) {
    found.wrong.push(`${key}: counts ${JSON.stringify(job.counts)} of ${customIds.length}`);
  }

  const current = new Map<string, number>();
  for (const { custom_id, is_superseded, outcome } of await db.request.findMany({ where: { job_id } })) {
    found.attempts += 1;
    if (is_superseded) continue;
    current.set(custom_id, (current.get(custom_id) ?? 0) + 1);
    if (!(FINAL as readonly string[]).includes(outcome)) found.lost.push(`${custom_id}: ${outcome}`);
  }
  compare(customIds, current, { found, what: 'current row' });

  const results = parseLines(await (await fetch(`${url}/results`)).text());
  const ids = results.map(({ custom_id }) => custom_id as string);
  compare(customIds, countEach(ids), { found, what: 'line of results' });
  if (ids.some((id, index) => id !== customIds[index])) found.wrong.push(`${key}: results out of order`);
  for (const { custom_id, response } of results) {
    const answer = response?.body?.choices?.[0]?.message?.content as string | undefined;
    if (answer !== undefined && !answer.includes(`What is ${custom_id}?`)) {
      found.wrong.push(`${custom_id}: has the answer of another request`);
    }
  }
}

/** Notes which of the ids are not there, and which are there more than once. */
function compare(
  customIds: readonly string[],
  counts: ReadonlyMap<string, number>,
  { found, what }: { found: Audit; what: string },
): void {
  for (const id of customIds) {
    const times = counts.get(id) ?? 0;
    if (times === 0) found.lost.push(`${id}: no ${what}`);
    if (times > 1) found.duplicates.push(`${id}: ${times} times a ${what}`);
  }
}

async function auditProvider(
  { local }: KillWorld,
  { db, calls, found }: { db: Database; calls: readonly Call[]; found: Audit },
): Promise<void> {
  const batches = await listAll<ProviderBatch>(local, 'batches');
  found.batches = batches.length;
  const marks = batches.map(({ metadata }) => (metadata?.['batchdesk'] ?? '').split(' ')[0]!);
  for (const [mark, times] of countEach(marks)) {
    if (times > 1) found.duplicates.push(`${mark}: ${times} batches`);
  }
  const submissions = await db.submission.findMany({ where: { batch_id: { not: null } } });
  const known = new Map(submissions.map(({ id, batch_id }) => [batch_id, id]));
  batches.forEach(({ id }, index) => {
    if (known.get(id) !== marks[index]) found.leftovers.push(`batch ${id} of ${marks[index]}: unknown here`);
  });

  await auditCosts(batches, { db, found });

  // What each request was charged for, as the provider's own files have it.
  const sent = new Map<string, number>();
  const answered = new Map<string, number>();
  for (const batch of batches) {
    for (const id of await readIds(local, batch.input_file_id)) sent.set(id, (sent.get(id) ?? 0) + 1);
    if (batch.output_file_id === null) continue;
    for (const id of await readIds(local, batch.output_file_id, isAnswer))
      answered.set(id, (answered.get(id) ?? 0) + 1);
  }
  for (const { customIds, kind } of calls) {
    for (const id of customIds) {
      const times = answered.get(id) ?? 0;
      if (times > 1) found.duplicates.push(`${id}: answered ${times} times by the provider`);
      const tries = sent.get(id) ?? 0;
      if (tries > (kind === 'job' ? ATTEMPTS : 1)) found.duplicates.push(`${id}: sent ${tries} times`);
    }
  }

  const used = new Set(batches.map(({ input_file_id }) => input_file_id));
  const findUnused = async () =>
    (await listAll<ProviderFile>(local, 'files')).filter(
      ({ id, filename }) => filename.startsWith('sub_') && !used.has(id),
    );
  let unused = await findUnused();
  // They are deleted when all else is done.
  for (const end = Date.now() + TIDY_MS; unused.length > 0 && Date.now() < end; unused = await findUnused()) {
    await delay(100);
  }
  found.leftovers.push(...unused.map(({ filename }) => `file ${filename} at the provider`));
}

/** Each batch costs half of what its tokens do. */
async function auditCosts(
  batches: readonly ProviderBatch[],
  { db, found }: { db: Database; found: Audit },
): Promise<void> {
  const rows = await db.batch.findMany({ select: { id: true, cost: true } });
  const costs = new Map(rows.map(({ id, cost }) => [id, cost]));
  for (const { id, model, usage } of batches) {
    const [input, output] = PRICES[model ?? ''] ?? [0, 0];
    // In 1e-10 dollars.
    const expected = Math.round((usage.input_tokens * input + usage.output_tokens * output) * 5_000);
    const cost = costs.get(id);
    if (cost !== BigInt(expected)) found.wrong.push(`batch ${id}: costs ${cost}, not ${expected}`);
  }
}

async function auditFolder(
  { folder }: KillWorld,
  { db, found }: { db: Database; found: Audit },
): Promise<void> {
  const unfinished = await readdir(join(folder, 'data/tmp')).catch(() => []);
  found.leftovers.push(...unfinished.map((name) => `data/tmp/${name}`));
  const jobs = await db.job.findMany({ select: { input_name: true } });
  const files = await db.batchFile.findMany({ select: { stored_name: true } });
  const used = new Set([
    ...jobs.map(({ input_name }) => input_name),
    ...files.map(({ stored_name }) => stored_name),
  ]);
  for (const name of await readdir(join(folder, 'data/inputs')).catch(() => [])) {
    if (!used.has(`inputs/${name}`)) found.leftovers.push(`data/inputs/${name}`);
  }
  const accepting = await db.job.count({ where: { status: 'accepting' } });
  if (accepting > 0) found.leftovers.push(`${accepting} jobs half accepted`);
}

function countEach(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

async function ask(local: LocalProviderLike, path: string): Promise<Response> {
  return fetch(`${local.url}/${path}`, { headers: { authorization: `Bearer ${local.apiKey}` } });
}

type LocalProviderLike = Pick<KillWorld['local'], 'url' | 'apiKey'>;

async function listAll<T extends { id: string }>(local: LocalProviderLike, what: string): Promise<T[]> {
  const all: T[] = [];
  for (let after = ''; ;) {
    const answer = await ask(local, `${what}?limit=100${after && `&after=${after}`}`);
    const { data, has_more } = (await answer.json()) as { data: T[]; has_more: boolean };
    all.push(...data);
    if (!has_more) return all;
    after = data.at(-1)!.id;
  }
}

async function readIds(
  local: LocalProviderLike,
  fileId: string,
  isCounted: (line: any) => boolean = () => true,
): Promise<string[]> {
  const answer = await ask(local, `files/${fileId}/content`);
  if (!answer.ok) throw new Error(`The provider has no file ${fileId}: ${answer.status}.`);
  return parseLines(await answer.text())
    .filter(isCounted)
    .map(({ custom_id }) => custom_id as string);
}

/** Output files have lines with status 0 too: of requests that were not answered. */
function isAnswer({ response }: any): boolean {
  return response?.status_code === 200;
}
