import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { waitFor } from '../helpers/wait-for.ts';
import type { Bench } from './bench-section.ts';
import { curlOk } from './curl.ts';
import { writeJsonl } from './make-input.ts';
import { megabytes } from './report.ts';
import type { Line } from './report.ts';
import { startWorld } from './start-world.ts';
import { watchServer } from './watch-server.ts';

const LINE_BYTES = 300;
/** Batches of a job as large as the provider takes them. */
const BATCHES = 20;
/** Those for which there is room at a time, and a little. */
const AT_A_TIME = 2.2;
const DEADLINE_MS = 60 * 60_000;
/** As much as twice the work may take, against twice the time of the work. */
const MAX_GROWTH = 1.3;
const MAX_PEAK_BYTES = 300e6;

interface Measured {
  batches: number;
  intakeSeconds: number;
  restSeconds: number;
  downloadSeconds: number;
  peakBytes: number;
  longestPauseMs: number;
}

/** Jobs of many batches, from their intake to their results: whether twice the requests take twice the time. */
export async function measureJobs(bench: Bench): Promise<Line[]> {
  const { jobRequests } = bench.scale;
  const half = await measureJob(bench, jobRequests / 2);
  const whole = await measureJob(bench, jobRequests);
  const work = `Job of ${jobRequests.toLocaleString('en')} requests, ${whole.batches} batches`;
  const grows = (what: string, seconds: (of: Measured) => number): Line => {
    const ratio = seconds(whole) / (2 * seconds(half));
    return {
      work: `${work}: ${what}`,
      measured: `${seconds(whole).toFixed(1)} s`,
      yardstick: `2 × ${seconds(half).toFixed(1)} s`,
      ratio,
      target: `<= ${MAX_GROWTH}`,
      isMet: ratio <= MAX_GROWTH,
    };
  };
  return [
    grows('intake', ({ intakeSeconds }) => intakeSeconds),
    grows('from its intake to its end', ({ restSeconds }) => restSeconds),
    grows('download of its results, in input order', ({ downloadSeconds }) => downloadSeconds),
    {
      work: `${work}: peak memory above idle`,
      measured: megabytes(whole.peakBytes),
      yardstick: megabytes(half.peakBytes),
      target: `<= ${megabytes(MAX_PEAK_BYTES)}`,
      isMet: whole.peakBytes <= MAX_PEAK_BYTES,
    },
    {
      work: `${work}: longest pause of the event loop`,
      measured: `${Math.round(whole.longestPauseMs)} ms`,
      target: '',
      isMet: null,
    },
  ];
}

async function measureJob({ scale, makeFolder }: Bench, requests: number): Promise<Measured> {
  await using folder = await makeFolder();
  const tokens = Math.ceil((AT_A_TIME * (scale.jobRequests / BATCHES) * LINE_BYTES) / 4);
  const args = ['--enqueued-token-limit', String(tokens), '--duration-ms', '2000'];
  await using world = await startWorld(folder.path, args);
  const input = join(folder.path, 'job.jsonl');
  await writeJsonl(input, { run: 1, requests, lineBytes: LINE_BYTES });
  const watch = await watchServer(world.server.program);
  const { url } = world.server;
  const measured = await watch.during(async () => {
    const jobs = `${url}/api/jobs`;
    const header = 'content-type: application/jsonl';
    const { seconds, body } = await curlOk([
      '-X',
      'POST',
      '-H',
      header,
      '-T',
      input,
      `${jobs}?endpoint=%2Fv1%2Fchat%2Fcompletions`,
    ]);
    const acceptedAt = performance.now();
    const { id } = (JSON.parse(body) as { job: { id: string } }).job;
    const { job } = await waitFor(
      async () => (await (await fetch(`${jobs}/${id}`)).json()) as { job: any },
      (answer) => answer.job.finished_at !== null,
      DEADLINE_MS,
    );
    const restSeconds = (performance.now() - acceptedAt) / 1_000;
    if (job.counts.succeeded !== requests)
      throw new Error(`Not all succeeded: ${JSON.stringify(job.counts)}`);
    const output = join(folder.path, 'results.jsonl');
    const download = await curlOk(['-o', output, `${jobs}/${id}/results?type=merged`]);
    await checkOrder(input, output);
    return {
      batches: job.batch_ids.length as number,
      intakeSeconds: seconds,
      restSeconds,
      downloadSeconds: download.seconds,
    };
  });
  watch.stop();
  return { ...measured, peakBytes: watch.peakAboveIdle(), longestPauseMs: watch.longestPauseMs() };
}

/** Throws unless each line of the output answers the one of the input. */
async function checkOrder(input: string, output: string): Promise<void> {
  const ids = lines(input);
  for await (const line of lines(output)) {
    const asked = await ids.next();
    if (asked.done || idOf(asked.value) !== idOf(line)) throw new Error(`Not in input order: ${line}`);
  }
  if (!(await ids.next()).done) throw new Error('There are fewer results than requests.');
}

function lines(path: string): AsyncIterator<string> & AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Infinity })[Symbol.asyncIterator]();
}

function idOf(line: string): string | undefined {
  return /"custom_id":"([^"]*)"/.exec(line)?.[1];
}
