import { writeFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { STEPS } from '@batchdesk/server/testing';
import { KILL_CASES } from './kill-walk.ts';
import type { RandomKills } from './random-kills.ts';

const PATH = join(import.meta.dirname, '../../docs/reliability.md');

/** What was found after one run. */
export type Finding = RandomKills;

interface Sums {
  runs: number;
  kills: number;
  faults: number;
  jobs: number;
  requests: number;
  attempts: number;
  batches: number;
  lost: number;
  duplicates: number;
  leftovers: number;
  wrong: number;
  unfinished: number;
}

/** Puts the findings of several runs together. */
export function addUp(findings: readonly Finding[]): Sums {
  const sum = (count: (finding: Finding) => number) =>
    findings.reduce((total, finding) => total + count(finding), 0);
  return {
    runs: findings.length,
    kills: sum(({ kills }) => kills),
    faults: sum(({ faults }) => faults),
    jobs: sum(({ jobs }) => jobs),
    requests: sum(({ requests }) => requests),
    attempts: sum(({ attempts }) => attempts),
    batches: sum(({ batches }) => batches),
    lost: sum(({ lost }) => lost.length),
    duplicates: sum(({ duplicates }) => duplicates.length),
    leftovers: sum(({ leftovers }) => leftovers.length),
    wrong: sum(({ wrong }) => wrong.length),
    unfinished: sum(({ unfinished }) => unfinished.length),
  };
}

/** How much there is that should not be. */
export function failuresOf({ lost, duplicates, leftovers, wrong, unfinished }: Sums): number {
  return lost + duplicates + leftovers + wrong + unfinished;
}

const ROWS: readonly [keyof Sums, string][] = [
  ['runs', 'runs, each in a data folder of its own'],
  ['kills', 'processes killed (SIGKILL)'],
  ['faults', 'calls struck by a fault of the provider'],
  ['jobs', 'jobs acknowledged'],
  ['requests', 'requests in them'],
  ['attempts', 'times that a request was sent'],
  ['batches', 'batches at the provider'],
  ['lost', '**lost**: jobs or requests without an outcome or a line in the results'],
  ['duplicates', '**duplicates**: batches, rows, lines or answers that are there twice'],
  ['wrong', 'answers under another request, counts that do not add up, results out of order'],
  ['leftovers', 'files and batches left behind of which nothing knows'],
  ['unfinished', 'jobs that did not come to their end in time'],
];

const MEANINGS = `
## What is done

- The server runs as a process of its own and is killed with SIGKILL, as a power cut of the process would. Then it is started
  again on the same folder. The provider is the [local one](../packages/local-provider/README.md), in another process,
  and lives on: it remembers what it was asked, as OpenAI does.
- **Every step.** Work on a job passes ${STEPS.length} steps, from the first row to the last outcome: before each, something was stored
  or the provider was asked for something. In ${KILL_CASES.length} runs the server dies at each of them, at some for the second or third
  time too, in the middle of what is read and written by portions of 1,000, and with jobs as well as with single
  batches. The list is in [steps.ts](../apps/server/src/steps.ts); a step that is not reached fails the run. Some requests
  expire, some get no answer and some fail, so that they are tried again.
- **Any instant.** Servers are killed 0 to 1.5 seconds after they said that they are up, up to 50 in a row, then one is
  left to finish. Meanwhile callers hand in jobs and batches of 1 to 3,000 requests, and the provider answers some calls
  with 429, 502 or 503, cuts connections before or after it did what it was asked, is slow, and ends downloads in the
  middle. The instants come from a seed; what the server is doing then differs from run to run.
- A caller that gets no answer repeats its call with the same \`Idempotency-Key\` until it is acknowledged.

## What is looked at

When all jobs have ended, here and at the provider:

- Each acknowledged job is \`completed\`, and its counts add up to its requests.
- Each request has exactly one row that counts, with a final outcome, and exactly one line in the merged results, in
  input order, with the answer to its own question.
- At the provider there is at most one batch for each submission, and none that is unknown here. By the provider's own
  files, no request was answered with success more than once, nor sent more often than its job allows: three times, or once
  in a batch of its own.
- No unfinished file is left in \`data/tmp\`, no input in \`data/inputs\` that no job uses, and no file at the provider that
  no batch uses.

## What is not

- A power cut of the machine: SIGKILL leaves what the operating system has not yet written to the disk. SQLite's journal is
  made for it, and result files can be fetched again.
- A creation whose answer was lost is looked for at the provider for 30 seconds before it is sent again. A provider that
  shows a new batch in its listing later than that would have two.
- OpenAI itself. What it does with a call in doubt is not documented; the local provider does what is known of it.
`;

/** Writes what a run has found to `docs/reliability.md`. */
export async function writeReliability({
  walk,
  random,
  minutes,
}: {
  walk: readonly Finding[];
  random: readonly Finding[];
  minutes: number;
}): Promise<void> {
  const columns = [addUp(walk), addUp(random), addUp([...walk, ...random])];
  const rows = ROWS.map(
    ([key, title]) => `| ${title} | ${columns.map((sums) => sums[key].toLocaleString('en')).join(' | ')} |`,
  );
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  const text = `# Reliability

Written by \`npm run faults\` on ${new Date().toISOString().slice(0, 10)}; do not edit.

A job that was acknowledged is carried to its end, with exactly one outcome for each request, whenever the server dies. This is
what came of killing it.

Machine: ${availableParallelism()} processors, ${memory}, ${process.platform}, Node.js ${process.versions.node}. It took ${Math.round(minutes)} minutes.

| | at every step | at any instant | together |
|---|---:|---:|---:|
${rows.join('\n')}
${MEANINGS}`;
  await writeFile(PATH, text);
}
