import type { Bench } from './bench-section.ts';
import { FAILURE, makeCollectedBatch } from './collected-world.ts';
import { askInTurn } from './latency.ts';
import { milliseconds } from './report.ts';
import type { Line } from './report.ts';
import { startWorld } from './start-world.ts';

const MAX_MS = 10;
const PAGES = {
  'no filter': '',
  'outcome=succeeded': '&outcome=succeeded',
  'outcome=failed': '&outcome=failed',
  error_code: `&error_code=${FAILURE.code}`,
  custom_id: '&custom_id=bench-001-000099',
  'include=input,result': '&include=input,result',
};

/** Asks for pages of 50 requests of a large batch, with each filter. */
export async function measurePages(bench: Bench): Promise<Line[]> {
  const { resultRequests: requests, calls } = bench.scale;
  await using folder = await bench.makeFolder();
  const id = await makeCollectedBatch(folder.path, { requests, faults: [FAILURE] });
  await using world = await startWorld(folder.path);
  const lines: Line[] = [];
  for (const [name, filter] of Object.entries(PAGES)) {
    const work = `Page of 50 out of ${requests.toLocaleString('en')} requests, ${name}`;
    const url = `${world.server.url}/api/batch/${id}/requests?limit=50${filter}`;
    const { status } = await fetch(url);
    if (status === 404) return [{ work, measured: 'the server answers 404', target: '', isMet: null }];
    if (status !== 200) throw new Error(`${url}: ${status}`);
    const { p50, p99 } = await askInTurn(url, calls);
    lines.push({
      work,
      measured: `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`,
      target: `p99 <= ${MAX_MS} ms`,
      isMet: p99 <= MAX_MS,
    });
  }
  return lines;
}
