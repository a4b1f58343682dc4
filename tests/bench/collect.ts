import { openDatabase } from '@batchdesk/server/testing';
import type { Database } from '@batchdesk/server/testing';
import type { Bench } from './bench-section.ts';
import { megabytes, milliseconds, pace } from './report.ts';
import type { Line } from './report.ts';
import { makeResultsBatch, waitUntilCollected } from './results-batch.ts';
import { startWorld } from './start-world.ts';
import type { World } from './start-world.ts';
import { median } from './statistics.ts';
import { watchServer } from './watch-server.ts';

const MIN_BYTES_PER_SECOND = 60e6;
const MAX_PEAK_BYTES = 150e6;

interface Call {
  operation: string;
  id?: string;
  atMs: number;
}

/** Fetches and indexes the results of batches, from the first call for a result file to the batch being collected. */
export async function measureCollection(bench: Bench): Promise<Line[]> {
  await using folder = await bench.makeFolder();
  const ids = await makeBatches(bench, folder.path);
  // A fresh server: what taking the inputs left in memory is not part of this.
  await using world = await startWorld(folder.path);
  const db = await openDatabase(world.databaseUrl);
  const watch = await watchServer(world.server.program);
  const seconds: number[] = [];
  let bytes = 0;
  for (const [index, id] of ids.entries()) {
    const isWarmUp = index < bench.scale.warmUps;
    const work = () => collect(world, db, id);
    const collected = isWarmUp ? await work() : await watch.during(work);
    if (isWarmUp) continue;
    bytes = collected.bytes;
    seconds.push(collected.seconds);
  }
  watch.stop();
  await db.$disconnect();
  const peakBytes = watch.peakAboveIdle();
  const work = `Collect ${bench.scale.resultRequests.toLocaleString('en')} results`;
  return [
    {
      work: `${work}, ${megabytes(bytes)}`,
      measured: pace(median(seconds), bytes),
      target: `>= ${megabytes(MIN_BYTES_PER_SECOND)}/s`,
      isMet: bytes / median(seconds) >= MIN_BYTES_PER_SECOND,
    },
    {
      work: `${work}: peak memory above idle`,
      measured: megabytes(peakBytes),
      target: `<= ${megabytes(MAX_PEAK_BYTES)}`,
      isMet: peakBytes <= MAX_PEAK_BYTES,
    },
    {
      work: `${work}: longest pause of the event loop`,
      measured: milliseconds(watch.longestPauseMs()),
      target: '',
      isMet: null,
    },
  ];
}

async function makeBatches({ scale }: Bench, folder: string): Promise<string[]> {
  await using world = await startWorld(folder);
  await world.provider.holdBatches();
  const ids: string[] = [];
  for (let run = 1; run <= scale.warmUps + scale.runs; run += 1) {
    const id = await makeResultsBatch(world, { run, requests: scale.resultRequests });
    await world.provider.waitUntilHeld(id);
    ids.push(id);
  }
  return ids;
}

async function collect(
  { provider }: World,
  db: Database,
  id: string,
): Promise<{ seconds: number; bytes: number }> {
  await provider.call('POST', '/control/release', { batchId: id });
  const { output_file_id: fileId } = await waitUntilCollected(db, id);
  const endedAt = Date.now();
  const { data: calls } = await provider.call<{ data: Call[] }>('GET', '/control/calls');
  const first = calls.find((call) => call.operation.startsWith('files.') && call.id === fileId);
  if (!first) throw new Error(`The results of ${id} were collected without a call for them.`);
  const { bytes } = await provider.call<{ bytes: number }>('GET', `/files/${fileId}`);
  return { seconds: (endedAt - first.atMs) / 1_000, bytes };
}
