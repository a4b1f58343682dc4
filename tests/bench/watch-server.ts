import type { LoopPauses } from './attach.ts';
import { watchMemory } from './memory.ts';
import type { Program } from './start-program.ts';

/** What work costs the process that does it. */
export interface ServerWatch {
  /** Does work; the longest pause of the event loop meanwhile, in milliseconds. */
  during(work: () => Promise<void>): Promise<number>;
  /** The most memory since the watch began, above what the process had then, in bytes. */
  peakAboveIdle(): number;
  stop(): void;
}

/** Watches memory and event loop of a program that is at rest now. */
export async function watchServer(program: Program): Promise<ServerWatch> {
  const memory = await watchMemory(program.pid);
  return {
    async during(work) {
      await program.ask('loop:start');
      await work();
      return (await program.ask<LoopPauses>('loop:stop')).max;
    },
    peakAboveIdle: () => memory.peakBytes() - memory.idleBytes,
    stop: memory.stop,
  };
}
