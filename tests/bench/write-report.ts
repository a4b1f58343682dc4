import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { toTable } from './report.ts';
import type { Line } from './report.ts';

const PATH = join(import.meta.dirname, '../../docs/benchmarks.md');

const MEANINGS = `
Server, local provider and client each run in processes of their own and share the machine. Times are medians of five
runs (more of downloads, which are short) after one that does not count; each run sends other content. A yardstick is
measured in turn with the work that it stands beside. MB are millions of bytes.

- **Upload as a form, upload as the body**: \`POST /api/batch/upload\` with 50,000 requests of 4 KB, which are checked,
  kept and sent on to the provider before the answer; then with 50,000 of 300 bytes. Yardstick: \`curl\` sends the same file straight to the provider,
  plus one \`JSON.parse\` of each line.
- **Create from a list of requests**: \`POST /api/batch/create\` with the same requests as JSON; ends with a batch at the
  provider. Same yardstick.
- **Estimate**: \`POST /api/batch/estimate\` with the same file as the body: checked, summed up, and 400 of its requests counted
  with the tokenizer of the model, whose tables are loaded by the run that does not count (0.3 seconds). Same yardstick.
- **Peak memory above idle**: the most resident memory of the server in all runs, above what it had at rest after its
  start. With 50 MB, of as many requests, it should be the same as with 200 MB: the yardstick is the latter.
- **Longest pause of the event loop**: how long nobody else can have an answer; the worst of all runs but the first.
- **GET of a batch meanwhile**: \`GET /api/batch/{id}?refresh=false\`, asked every 5 ms during one more run, which is not
  timed. Questions are asked whether or not the ones before are answered.
- **Collect**: from the first call for the result file of a batch that has ended to the moment when each of its requests
  has an outcome in the database.
- **Download results**: \`GET /api/batch/{id}/results?type=output\` of a collected batch. Yardstick: the same file from a
  server of Fastify and @fastify/static alone.
- **Page of 50**: \`GET /api/batch/{id}/requests?limit=50\` with each filter, 200 calls one after the other after 50 that
  do not count, as the client sees them. Every tenth request of the batch has failed.
- **List, stats**: \`GET /api/batch/list\` and \`GET /api/batch/stats\`, 200 calls each in the same way. The yardstick of
  the very large database is the large one. Batches are spread over two years, have four pairs of metadata and took from five
  minutes to a day. Stats of 30 days begin in the middle of a day, whose batches are counted one by one.
- **List as CSV**: \`GET /api/batch/list.csv\`, all batches, taken by \`curl\`.
- **Job**: \`POST /api/jobs\` with requests of 200 bytes as the body, against a provider that has room for two batches of 50,000
  at a time and does not say so before it refuses the third; then its merged results, each line checked against the input's
  order. Yardstick: a job of half the size. Most of the time the provider works, on the same two processors.
- **Browser**: the page in Chromium, its processor slowed down four times. JavaScript as gzip has it, without the chunks of the editor and the
  charts; of other addresses what the overview has not loaded. Interactions: clicks on boxes, typing in the search and opening menus in the list,
  clicks and keys in the requests view, from the event to the next paint. Layout shift: the worst five seconds.

## Where a target is not met

- **Time of an upload and of a creation.** An input is sent on when all of it is checked, not before: what follows one after
  the other takes at least as long as its parts. Sending on alone takes what the direct upload of the yardstick takes. To meet
  1.25, a third of a second is left to receive, cut, check, hash and write 200 MB, on two processors that the client shares;
  it takes half a second: the main thread about 0.4 s (receiving, hashing), the checking thread 0.4 s, the client 0.1 s. A
  creation adds 0.1 s for finding the elements and 0.2 s for the rows of the ledger. To send while it comes in would meet the
  target, and would send what turns out to be wrong: docs/adr/0010-inputs-are-cut-and-checked-as-they-come-in.md.
- **The same memory with 50 MB as with 200 MB.** Both are far below the limit. They differ by 10 to 30 MB from run to run, in
  both directions: when V8 collects and when the allocator gives back is not ours. It does not grow with the bytes.
- **A page with bodies** reads and parses a hundred of them; without bodies a page takes half of that.
- What a run has left on the disk is removed before the next. Several inputs of 200 MB one after the other take up to twice
  as long each, when the system has to write the earlier ones to the disk meanwhile. Creations leave a copy at the provider.
`;

/** Writes the report of a full run to `docs/benchmarks.md`. */
export async function writeReport(lines: readonly Line[]): Promise<void> {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors, ${memory} of memory`;
  const date = new Date().toISOString().slice(0, 10);
  const text = `# Benchmarks

Written by \`npm run bench\` on ${date}; do not edit.

Machine: ${machine}, ${process.platform}, Node.js ${process.versions.node}.

${toTable(lines)}

## What is measured
${MEANINGS}`;
  await writeFile(PATH, text);
}
