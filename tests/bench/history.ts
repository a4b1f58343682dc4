import { join } from 'node:path';
import { openDatabase } from '@batchdesk/server/testing';
import type { Bench } from './bench-section.ts';
import { curlOk } from './curl.ts';
import { fillQuickly } from './fill-history.ts';
import { askInTurn } from './latency.ts';
import type { Latency } from './latency.ts';
import { megabytes, milliseconds, pace } from './report.ts';
import type { Line } from './report.ts';
import { startWorld } from './start-world.ts';
import type { World } from './start-world.ts';
import { watchServer } from './watch-server.ts';

const MAX_RATIO = 2;
const MAX_FIRST_BYTE_MS = 20;
const MAX_TABLE_BYTES = 100e6;
const DAY = 86_400;
const daysAgo = (days: number) => Math.floor(Date.now() / 1_000) - days * DAY;
const QUESTIONS = [
  { name: 'List page of 20', path: '/api/batch/list?limit=20', maxMs: 5 },
  { name: 'List page of 20, one status', path: '/api/batch/list?limit=20&status=failed', maxMs: 5 },
  { name: 'Stats', path: '/api/batch/stats', maxMs: 10 },
  { name: 'Stats by model', path: '/api/batch/stats?group_by=model', maxMs: 10 },
  {
    name: 'Stats of 30 days by day',
    path: `/api/batch/stats?group_by=day&from=${daysAgo(30)}`,
    maxMs: 10,
  },
  { name: 'Stats of two years by month', path: '/api/batch/stats?group_by=month', maxMs: 10 },
  { name: 'Stats by metadata.team', path: '/api/batch/stats?group_by=metadata.team', maxMs: 10 },
];

/** Lists batches and reads the totals in a database that has seen much, and one that has seen ten times as much. */
export async function measureHistory(bench: Bench): Promise<Line[]> {
  const { batches, manyBatches } = bench.scale;
  const few = await askAll(bench, batches);
  const many = await askAll(bench, manyBatches);
  const answers = QUESTIONS.flatMap(({ name, maxMs }, index) => {
    const fewMs = few.answers[index]!;
    const manyMs = many.answers[index]!;
    const ratio = manyMs.p50 / fewMs.p50;
    return [
      {
        work: `${name}, ${batches.toLocaleString('en')} batches`,
        measured: show(fewMs),
        target: `p50 <= ${maxMs} ms`,
        isMet: fewMs.p50 <= maxMs,
      },
      {
        work: `${name}, ${manyBatches.toLocaleString('en')} batches`,
        measured: show(manyMs),
        yardstick: milliseconds(fewMs.p50),
        ratio,
        target: `<= ${MAX_RATIO}`,
        isMet: ratio <= MAX_RATIO,
      },
    ];
  });
  return [...answers, ...few.table];
}

async function askAll(bench: Bench, count: number): Promise<{ answers: Latency[]; table: Line[] }> {
  await using folder = await bench.makeFolder();
  const db = await openDatabase(`file:${join(folder.path, 'data/batches.db')}`);
  await fillQuickly(db, count);
  await db.$disconnect();
  await using world = await startWorld(folder.path);
  const answers: Latency[] = [];
  for (const { path } of QUESTIONS) {
    answers.push(await askInTurn(`${world.server.url}${path}`, bench.scale.calls));
  }
  return { answers, table: await measureTable(world, count) };
}

/** The whole list as CSV: how soon it begins, how fast it comes, and what it takes of memory. */
async function measureTable({ server }: World, count: number): Promise<Line[]> {
  const watch = await watchServer(server.program);
  const url = `${server.url}/api/batch/list.csv`;
  const answer = await watch.during(() => curlOk(['-o', '/dev/null', url]));
  watch.stop();
  const firstByteMs = answer.firstByteSeconds * 1_000;
  const work = `List as CSV, ${count.toLocaleString('en')} batches`;
  return [
    { work, measured: pace(answer.seconds, answer.bytes), target: '', isMet: null },
    {
      work: `${work}, first byte`,
      measured: milliseconds(firstByteMs),
      target: `<= ${MAX_FIRST_BYTE_MS} ms`,
      isMet: firstByteMs <= MAX_FIRST_BYTE_MS,
    },
    {
      work: `${work}, peak memory above idle`,
      measured: megabytes(watch.peakAboveIdle()),
      target: `<= ${megabytes(MAX_TABLE_BYTES)}`,
      isMet: watch.peakAboveIdle() <= MAX_TABLE_BYTES,
    },
    {
      work: `${work}, longest pause of the event loop`,
      measured: milliseconds(watch.longestPauseMs()),
      target: '<= 50 ms',
      isMet: watch.longestPauseMs() <= 50,
    },
  ];
}

function show({ p50, p99 }: Latency): string {
  return `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`;
}
