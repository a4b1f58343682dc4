// `npm run faults`: kills servers at every step and at any instant, and writes what was found to docs/reliability.md.
import { parseArgs } from 'node:util';
import { runKillCase, KILL_CASES } from './kill-walk.ts';
import { runRandomKills } from './random-kills.ts';
import { addUp, failuresOf, writeReliability } from './write-reliability.ts';
import type { Finding } from './write-reliability.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const kills = Number(values.kills);
/** Kills of one run: after so many it is left to finish, and another one begins in a new folder. */
const KILLS_OF_RUN = 50;
/** Cases of the walk that run at a time, beside two runs of kills at random: most of their time is waiting. */
const AT_A_TIME = 3;
const startedAt = Date.now();

const walk: Finding[] = [];
const random: Finding[] = [];
const cases = KILL_CASES.values();
async function work(): Promise<void> {
  for (const one of cases) {
    const name = `${one.kind}, ${one.step}, time ${one.occurrence}`;
    walk.push(note(name, { ...(await runKillCase(one)), kills: 1, faults: 0, unfinished: [] }));
  }
}
const runs = Array.from({ length: Math.ceil(kills / KILLS_OF_RUN) }, (_, index) => ({
  kills: Math.min(KILLS_OF_RUN, kills - index * KILLS_OF_RUN),
  seed: Number(values.seed) + index,
})).values();
async function killAtRandom(): Promise<void> {
  for (const run of runs) {
    random.push(note(`${run.kills} kills, seed ${run.seed}`, await runRandomKills(run)));
  }
}

await Promise.all([killAtRandom(), killAtRandom(), ...Array.from({ length: AT_A_TIME }, work)]);

await writeReliability({ walk, random, minutes: (Date.now() - startedAt) / 60_000 });
process.exitCode = failuresOf(addUp([...walk, ...random])) === 0 ? 0 : 1;

function note(name: string, found: Finding): Finding {
  const { lost, duplicates, leftovers, wrong, unfinished } = found;
  const problems = [...lost, ...duplicates, ...leftovers, ...wrong, ...unfinished];
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  for (const problem of problems.slice(0, 20)) console.log(`         ${problem}`);
  return found;
}
