import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'minor' }) => void;

/** Bytes of buffers that are let pile up: with `--trace-gc`, V8 is seen to collect everything after 20 to 30 MB of them. */
const PILE_BYTES = 3 << 20;

let collect: Collect | null = null;

/**
 * For whoever lets much data stream through: call the result with the length of each buffer that is used up. Buffers of
 * sockets and files lie outside of V8's heap, where they count as external memory: 200 MB of them make V8 collect its
 * whole heap a dozen times and more, 30 to 100 ms each. They die young, and a collection of the young, about 1 ms, frees
 * them as well.
 */
export function createBufferCount(): (bytes: number) => void {
  let used = 0;
  return (bytes) => {
    used += bytes;
    if (used < PILE_BYTES) return;
    used = 0;
    collect ??= exposeCollect();
    collect({ type: 'minor' });
  };
}

/** At run time, so that no one who starts the server has to know of the flag. */
function exposeCollect(): Collect {
  setFlagsFromString('--expose-gc');
  // Should V8 ever not have it, it collects when it thinks best.
  return runInNewContext('typeof gc === "function" ? gc : () => {}') as Collect;
}
