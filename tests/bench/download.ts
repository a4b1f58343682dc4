import { join } from 'node:path';
import type { Bench } from './bench-section.ts';
import { makeCollectedBatch } from './collected-world.ts';
import { curlOk } from './curl.ts';
import { megabytes, milliseconds, pace } from './report.ts';
import type { Line } from './report.ts';
import { startProgram } from './start-program.ts';
import { startWorld } from './start-world.ts';
import { median } from './statistics.ts';
import { watchServer } from './watch-server.ts';

const STATIC_SERVER = join(import.meta.dirname, 'static-server.ts');
const MIN_RATIO = 0.8;
const MAX_FIRST_BYTE_MS = 20;
/** Downloads are short: more of them for a steady median. */
const RUNS_FACTOR = 5;

/** Downloads collected results, beside the same file from a plain file server. */
export async function measureDownload(bench: Bench): Promise<Line[]> {
  const { scale } = bench;
  await using folder = await bench.makeFolder();
  const id = await makeCollectedBatch(folder.path, { requests: scale.resultRequests });
  await using world = await startWorld(folder.path);
  const root = join(folder.path, 'data/results');
  await using plain = await startProgram(STATIC_SERVER, { args: [root], ready: /at (\S+)\n/ });
  const watch = await watchServer(world.server.program);
  const plainSeconds: number[] = [];
  const seconds: number[] = [];
  const firstBytesMs: number[] = [];
  let bytes = 0;
  await watch.during(async () => {
    for (let run = 1; run <= scale.warmUps + scale.runs * RUNS_FACTOR; run += 1) {
      const beside = await download(`${plain.groups[0]}/${id}_output.jsonl`);
      const answer = await download(`${world.server.url}/api/batch/${id}/results?type=output`);
      if (answer.bytes !== beside.bytes) throw new Error('The two downloads are not the same.');
      if (run <= scale.warmUps) continue;
      bytes = answer.bytes;
      plainSeconds.push(beside.seconds);
      seconds.push(answer.seconds);
      firstBytesMs.push(answer.firstByteSeconds * 1_000);
    }
  });
  watch.stop();
  const ratio = median(plainSeconds) / median(seconds);
  const firstByteMs = median(firstBytesMs);
  return [
    {
      work: `Download results, ${megabytes(bytes)}`,
      measured: pace(median(seconds), bytes),
      yardstick: pace(median(plainSeconds), bytes),
      ratio,
      target: `>= ${MIN_RATIO}`,
      isMet: ratio >= MIN_RATIO,
    },
    {
      work: 'Download results: first byte',
      measured: `${milliseconds(firstByteMs)} (max ${milliseconds(Math.max(...firstBytesMs))})`,
      target: `<= ${MAX_FIRST_BYTE_MS} ms`,
      isMet: firstByteMs <= MAX_FIRST_BYTE_MS,
    },
    {
      work: 'Download results: peak memory above idle',
      measured: megabytes(watch.peakAboveIdle()),
      target: '',
      isMet: null,
    },
    {
      work: 'Download results: longest pause of the event loop',
      measured: milliseconds(watch.longestPauseMs()),
      target: '',
      isMet: null,
    },
  ];
}

function download(url: string) {
  return curlOk(['-o', '/dev/null', url]);
}
