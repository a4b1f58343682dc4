import { join } from 'node:path';
import { startProgram } from './start-program.ts';
import { median, percentile } from './statistics.ts';

const CLIENT = join(import.meta.dirname, 'latency-client.ts');
const EVERY_MS = 5;

/** How long answers took, in milliseconds. */
export interface Latency {
  p50: number;
  p99: number;
  max: number;
}

/** Asks a URL every few milliseconds from a process of its own while `work` is done. */
export async function askDuring(url: string, work: () => Promise<unknown>): Promise<Latency> {
  await using client = await startProgram(CLIENT, { args: [url, '0', String(EVERY_MS)], ready: /ready/ });
  await work();
  return summarise(await client.ask<number[]>('latency:stop'));
}

/** Asks a URL so many times, one after the other, from a process of its own that has warmed up. */
export async function askInTurn(url: string, times: number): Promise<Latency> {
  await using client = await startProgram(CLIENT, { args: [url, String(times)], ready: /ready/ });
  return summarise(await client.ask<number[]>('latency:tell'));
}

function summarise(latencies: readonly number[]): Latency {
  return { p50: median(latencies), p99: percentile(latencies, 99), max: Math.max(...latencies) };
}
