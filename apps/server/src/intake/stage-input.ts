import type { BatchEndpoint } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { newId } from '../ids.ts';
import { inputName } from '../storage/storage.ts';
import type { InputFacts } from './input-scanner.ts';

/** An input that was checked and written, and is gone at the end of the block unless it is kept. */
export interface StagedInput extends InputFacts, AsyncDisposable {
  /** Gives the file its place in storage. Returns its name. */
  keep(): Promise<string>;
}

/**
 * Checks an input and writes it down, normalised, good or bad: see `refuseIfWrong`. `endpoint` is asked for when the
 * input has been read. Of an input that breaks off nothing stays.
 */
export async function stageInput(
  { storage, scanner }: Pick<Deps, 'storage' | 'scanner'>,
  bytes: AsyncIterable<Uint8Array>,
  endpoint?: () => BatchEndpoint | undefined,
): Promise<StagedInput> {
  const writer = await storage.createWriter();
  try {
    const facts = await scanner.scan(bytes, { write: writer.write, endpoint });
    return {
      ...facts,
      async keep() {
        const name = inputName(newId('input'));
        await writer.commit(name);
        return name;
      },
      [Symbol.asyncDispose]: () => writer.discard(),
    };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}
