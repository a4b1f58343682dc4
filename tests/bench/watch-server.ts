import { watchMemory } from './memory.ts';
import type { Program } from './start-program.ts';

/** What work costs the process that does it. */
export interface ServerWatch {
  /** Looks at the event loop while work is done. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** The longest pause of the event loop in all of this work, in milliseconds. */
  longestPauseMs(): number;
  /** The most memory since the watch began, above what the process had then, in bytes. */
  peakAboveIdle(): number;
  stop(): void;
}

/** Watches memory and event loop of a program that is at rest now. */
export async function watchServer(program: Program): Promise<ServerWatch> {
  const memory = await watchMemory(program.pid);
  let longestMs = 0;
  return {
    async during(work) {
      await program.ask('loop:start');
      const value = await work();
      longestMs = Math.max(longestMs, await program.ask<number>('loop:stop'));
      return value;
    },
    longestPauseMs: () => longestMs,
    peakAboveIdle: () => memory.peakBytes() - memory.idleBytes,
    stop: memory.stop,
  };
}
