import type { BatchEndpoint } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import type { InputFacts } from './input-scanner.ts';

/** An input that was checked and written, and is gone at the end of the block unless it is kept. */
export interface StagedInput extends InputFacts, AsyncDisposable {
  /** Where it is until it is kept. */
  readonly path: string;
  /** Gives the file its name in storage. */
  keep(name: string): Promise<void>;
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
      path: writer.path,
      keep: (name) => writer.commit(name),
      [Symbol.asyncDispose]: () => writer.discard(),
    };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}
