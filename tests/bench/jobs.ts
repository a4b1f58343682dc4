import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@batchdesk/shared';
import { createLineSplitter } from '@batchdesk/shared';
import { LIMITS } from '@batchdesk/shared/input';
import { waitFor } from '../helpers/wait-for.ts';
import type { Bench } from './bench-section.ts';
import { writeJsonl } from './make-input.ts';
import { megabytes, milliseconds } from './report.ts';
import type { Line } from './report.ts';
import { startWorld } from './start-world.ts';
import type { World } from './start-world.ts';
import { watchServer } from './watch-server.ts';

const LINE_BYTES = 200;
/** Room for two full batches at a time; the local provider takes a quarter of the bytes for tokens. */
const TOKEN_LIMIT = Math.ceil((2.05 * LIMITS.requestsPerBatch * LINE_BYTES) / 4);
const MAX_PEAK_BYTES = 400e6;
/** How much longer a job of twice the size may take. */
const MAX_RATIO = 2.5;
const DEADLINE_MS = 30 * 60_000;

interface JobRun {
  acceptSeconds: number;
  seconds: number;
  downloadSeconds: number;
  batches: number;
  peakBytes: number;
  longestPauseMs: number;
}

/** A job of very many small requests, of which the provider has room for two batches at a time, against half of it. */
export async function measureJobs(bench: Bench): Promise<Line[]> {
  const half = await runJob(bench, bench.scale.jobRequests / 2);
  const full = await runJob(bench, bench.scale.jobRequests);
  const work = `Job of ${bench.scale.jobRequests.toLocaleString('en')} requests`;
  const line = (what: string, measured: string): Line => ({
    work: `${work}: ${what}`,
    measured,
    target: '',
    isMet: null,
  });
  const ratio = full.seconds / half.seconds;
  return [
    line('until it is accepted', `${full.acceptSeconds.toFixed(1)} s`),
    {
      work: `${work}: from then to its end`,
      measured: `${full.seconds.toFixed(0)} s, ${full.batches} batches`,
      yardstick: `${half.seconds.toFixed(0)} s`,
      ratio,
      target: `<= ${MAX_RATIO}`,
      isMet: ratio <= MAX_RATIO,
    },
    {
      work: `${work}: peak memory above idle`,
      measured: megabytes(full.peakBytes),
      yardstick: megabytes(half.peakBytes),
      ratio: full.peakBytes / half.peakBytes,
      target: `<= ${megabytes(MAX_PEAK_BYTES)}`,
      isMet: full.peakBytes <= MAX_PEAK_BYTES,
    },
    line('longest pause of the event loop', milliseconds(full.longestPauseMs)),
    line('merged results, all in input order', `${full.downloadSeconds.toFixed(1)} s`),
  ];
}

async function runJob(bench: Bench, requests: number): Promise<JobRun> {
  await using folder = await bench.makeFolder();
  const path = join(folder.path, 'job.jsonl');
  await writeJsonl(path, { run: 1, requests, lineBytes: LINE_BYTES });
  await using world = await startWorld(folder.path, { enqueuedTokenLimit: TOKEN_LIMIT });
  const watch = await watchServer(world.server.program);
  const run = await watch.during(() => handInAndWait(world, path));
  const downloadSeconds = await download(world, { job: run.job, requests });
  watch.stop();
  return {
    ...run,
    downloadSeconds,
    batches: run.job.batch_ids.length,
    peakBytes: watch.peakAboveIdle(),
    longestPauseMs: watch.longestPauseMs(),
  };
}

async function handInAndWait({ server }: World, path: string) {
  const startedAt = performance.now();
  const answer = await fetch(`${server.url}/api/jobs?endpoint=/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/jsonl' },
    body: await openAsBlob(path),
  });
  const { job } = (await answer.json()) as { job?: Job };
  if (!job) throw new Error(`The job was not accepted: ${answer.status}`);
  const acceptedAt = performance.now();
  await rm(path);
  const ask = async () => (await (await fetch(`${server.url}/api/jobs/${job.id}`)).json()) as { job: Job };
  const ended = await waitFor(ask, (view) => view.job.status === 'completed', DEADLINE_MS);
  const { counts } = ended.job;
  if (counts.succeeded !== counts.total) throw new Error(`Not all succeeded: ${JSON.stringify(counts)}`);
  const seconds = (performance.now() - acceptedAt) / 1_000;
  return { job: ended.job, acceptSeconds: (acceptedAt - startedAt) / 1_000, seconds };
}

/** Reads the merged results; throws unless there is one of each request, in the order of the input. */
async function download(
  { server }: World,
  { job, requests }: { job: Job; requests: number },
): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(`${server.url}/api/jobs/${job.id}/results?type=merged`);
  let line = 0;
  const splitter = createLineSplitter({
    onLine({ bytes }) {
      line += 1;
      const expected = `"custom_id":"bench-001-${String(line).padStart(6, '0')}"`;
      if (!Buffer.from(bytes).includes(expected)) throw new Error(`Line ${line} is not of request ${line}.`);
    },
  });
  for await (const chunk of answer.body!) splitter.feed(chunk);
  splitter.finish();
  if (line !== requests) throw new Error(`${line} lines for ${requests} requests.`);
  return (performance.now() - startedAt) / 1_000;
}
