import { createHash } from 'node:crypto';
import { BatchdeskError, SCOPE_LIMITS } from '@batchdesk/shared';
import type { BatchEndpoint } from '@batchdesk/shared';
import type { Block, ScanAnswer, ScanFacts, ScanSettings } from './scan-messages.ts';
import { createBufferCount } from '../free-buffers.ts';
import { startScanThread } from './scan-thread.ts';

/** What to do with an input while it is checked. */
export interface ScanOptions extends ScanSettings {
  /** Takes the normalised input, in order: UTF-8, one request a line, no blank lines. Valid until it returns. */
  write?: ((bytes: Uint8Array) => Promise<void>) | undefined;
  /** Takes the rows of the ledger, in order: JSON of a list of `LedgerRow`, about 1,000 at a time. */
  writeLedger?: ((portion: string) => Promise<void> | void) | undefined;
  /** The endpoint of all requests; asked for when the input has been read to its end. */
  endpoint?: (() => BatchEndpoint | undefined) | undefined;
}

/** What an input is. */
export interface InputFacts extends ScanFacts {
  /** Of the normalised input. */
  sha256: string;
}

/** Checks inputs in a thread of its own. */
export interface InputScanner {
  /**
   * Reads an input to its end, in blocks: memory does not grow with it. Throws what `bytes` and `write` throw.
   *
   * @throws {BatchdeskError} `payload_too_large` for one for a batch that does not end where each of them has to
   */
  scan(bytes: AsyncIterable<Uint8Array>, options?: ScanOptions): Promise<InputFacts>;
  close(): Promise<void>;
}

/** Bytes that go to the thread at once: few messages, and still little memory. */
const BLOCK_BYTES = 1 << 20;
/** Blocks kept for use again, enough for one input. */
const SPARE_BLOCKS = 6;

/** Starts the thread. */
export function startInputScanner(): InputScanner {
  const thread = startScanThread();
  const spares: SharedArrayBuffer[] = [];
  let lastScan = 0;

  const take = () => spares.pop() ?? new SharedArrayBuffer(BLOCK_BYTES);
  const giveBack = (memory: SharedArrayBuffer) => {
    if (spares.length < SPARE_BLOCKS) spares.push(memory);
  };

  async function scan(bytes: AsyncIterable<Uint8Array>, options: ScanOptions = {}): Promise<InputFacts> {
    const id = (lastScan += 1);
    const { scope = 'batch', tokenLimits, prices } = options;
    const { ask, end } = thread.open(id, { scope, tokenLimits, prices });
    const maxBytes = SCOPE_LIMITS[scope].bodyBytes;
    const hash = createHash('sha256');
    /** The block before is written; whether the input became too large with it. */
    let before = Promise.resolve(false);

    async function write({ length, large, portions }: ScanAnswer, output: SharedArrayBuffer): Promise<void> {
      const written = large ?? new Uint8Array(output, 0, length);
      // Here and not in the thread, which has the most to do.
      hash.update(written);
      if (written.length > 0) await options.write?.(written);
      giveBack(output);
      for (const portion of portions) await options.writeLedger?.(portion);
    }

    /** Hands a block on while the one before is being written. Returns whether the input is too large by now. */
    async function send(input: Block): Promise<boolean> {
      const last = before;
      const output = take();
      const answer = ask({ kind: 'block', scan: id, input, output });
      before = Promise.all([answer, last]).then(async ([ready]) => {
        giveBack(input.memory);
        await write(ready, output);
        return ready.isTooLarge;
      });
      before.catch(() => {}); // seen by whoever waits for it next
      return last;
    }

    async function readAll(): Promise<void> {
      let isTooLarge = false;
      let received = 0;
      const countUsed = createBufferCount();
      let block: Block = { memory: take(), length: 0 };
      for await (const chunk of bytes) {
        received += chunk.length;
        countUsed(chunk.length);
        if (received > maxBytes) {
          throw new BatchdeskError('payload_too_large', { details: { max_bytes: maxBytes } });
        }
        // Of one that is too large the rest is read as well: whoever sends it listens only then.
        for (let start = 0; start < chunk.length && !isTooLarge;) {
          const part = chunk.subarray(start, start + BLOCK_BYTES - block.length);
          new Uint8Array(block.memory).set(part, block.length);
          block.length += part.length;
          start += part.length;
          if (block.length < BLOCK_BYTES) continue;
          isTooLarge = await send(block);
          block = { memory: take(), length: 0 };
        }
      }
      await send(block);
      await before;
    }

    try {
      await readAll();
      const output = take();
      const answer = await ask({ kind: 'finish', scan: id, output, endpoint: options.endpoint?.() });
      await write(answer, output);
      if (!answer.facts) throw new Error('The scanner finished without saying what the input is.');
      return { ...answer.facts, sha256: hash.digest('hex') };
    } finally {
      // Whoever catches the error may close the file that is being written.
      await before.catch(() => {});
      end();
    }
  }

  return { scan, close: () => thread.close() };
}
