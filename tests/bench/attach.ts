// Loaded before a program that is measured: ends it when the benchmarks end, and looks at its event loop from inside.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

const NANOSECONDS_PER_MS = 1e6;
const delays = monitorEventLoopDelay({ resolution: 1 });

async function answer(message: unknown): Promise<void> {
  if (message === 'loop:start') {
    delays.reset();
    delays.enable();
    process.send?.('started');
  } else if (message === 'loop:stop') {
    // A pause counts once the loop has come round again.
    await delay(20);
    delays.disable();
    process.send?.(delays.max / NANOSECONDS_PER_MS);
  }
}

process.on('message', (message) => void answer(message));
process.on('disconnect', () => process.exit());
// The program is to end by itself when it has nothing left to do.
process.channel?.unref();
