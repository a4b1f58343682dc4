import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { type: 'minor' }) => void;

/** Bytes of dead buffers that are let pile up: well below the 32 MB at which V8 collects everything. */
const PILE_BYTES = 8 << 20;

let collect: Collect | null = null;

/**
 * Call it with the bytes of each buffer that was used up. Buffers of sockets and files lie outside of V8's heap, where they count
 * as "external memory": of 200 MB that stream through, V8 makes a dozen collections of the whole heap, 30 to 100 ms each. They die
 * young, and a collection of the young, about 1 ms, frees them as well.
 */
export function createBufferCount(): (bytes: number) => void {
  let dead = 0;
  return (bytes) => {
    dead += bytes;
    if (dead < PILE_BYTES) return;
    dead = 0;
    collect ??= exposeCollect();
    collect({ type: 'minor' });
  };
}

function exposeCollect(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}
