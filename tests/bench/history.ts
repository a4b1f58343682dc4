import { join } from 'node:path';
import { openDatabase } from '@batchdesk/server/testing';
import type { Bench } from './bench-section.ts';
import { fillHistory } from './fill-history.ts';
import { askInTurn } from './latency.ts';
import type { Latency } from './latency.ts';
import { milliseconds } from './report.ts';
import type { Line } from './report.ts';
import { startWorld } from './start-world.ts';

const MAX_RATIO = 2;
const QUESTIONS = [
  { name: 'List page of 20', path: '/api/batch/list?limit=20', maxMs: 5 },
  { name: 'List page of 20, one status', path: '/api/batch/list?limit=20&status=failed', maxMs: 5 },
  { name: 'Stats', path: '/api/batch/stats', maxMs: 10 },
];

/** Lists batches and reads the totals in a database that has seen much, and one that has seen ten times as much. */
export async function measureHistory(bench: Bench): Promise<Line[]> {
  const { batches, manyBatches } = bench.scale;
  const few = await askAll(bench, batches);
  const many = await askAll(bench, manyBatches);
  return QUESTIONS.flatMap(({ name, maxMs }, index) => {
    const fewMs = few[index]!;
    const manyMs = many[index]!;
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
}

async function askAll(bench: Bench, count: number): Promise<Latency[]> {
  await using folder = await bench.makeFolder();
  const db = await openDatabase(`file:${join(folder.path, 'data/batches.db')}`);
  await fillHistory(db, count);
  await db.$disconnect();
  await using world = await startWorld(folder.path);
  const answers: Latency[] = [];
  for (const { path } of QUESTIONS) {
    answers.push(await askInTurn(`${world.server.url}${path}`, bench.scale.calls));
  }
  return answers;
}

function show({ p50, p99 }: Latency): string {
  return `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`;
}
