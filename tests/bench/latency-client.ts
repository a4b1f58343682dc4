// A client of its own: asks one URL again and again and tells how long each answer took.
import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const [, , url = '', count = '0', everyMs = '0'] = process.argv;
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const latencies: number[] = [];
const open = new Set<Promise<void>>();
const stopped = new AbortController();

function ask(): Promise<void> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode}`));
      answer.resume().on('end', () => {
        latencies.push(performance.now() - startedAt);
        resolve();
      });
    }).on('error', reject);
  });
}

/** One after the other. */
async function askInTurn(times: number): Promise<void> {
  for (let done = 0; done < times; done += 1) await ask();
}

/** At a steady pace, whether the answers come or not: one long pause is felt by all who ask during it. */
async function askSteadily(delayMs: number): Promise<void> {
  for (let dueAt = performance.now(); !stopped.signal.aborted; dueAt += delayMs) {
    const asked = ask().finally(() => open.delete(asked));
    open.add(asked);
    await delay(Math.max(0, dueAt + delayMs - performance.now()));
  }
  await Promise.all(open);
}

const steady = Number(count) > 0 ? null : askSteadily(Number(everyMs));
process.on('message', async (message) => {
  if (message === 'latency:stop') {
    stopped.abort();
    await steady;
    process.send?.(latencies);
  } else if (message === 'latency:tell') {
    // The first calls are slow on both sides, and do not count.
    await askInTurn(Number(count) / 4);
    latencies.length = 0;
    await askInTurn(Number(count));
    process.send?.(latencies);
  }
});
// Nothing else keeps it here until it is asked.
process.channel?.ref();
console.log('ready');
