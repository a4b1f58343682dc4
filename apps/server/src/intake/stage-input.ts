import { newId } from '../ids.ts';
import { inputName } from '../storage/storage.ts';
import type { Storage } from '../storage/storage.ts';
import { readInput } from './read-input.ts';
import type { InputFacts, InputLine, ReadInputOptions } from './read-input.ts';

/** An input that was checked and is kept. */
export interface StagedInput extends InputFacts {
  /** Name in storage. */
  name: string;
}

/**
 * Checks an input and keeps it in storage, normalised. Nothing of a refused input stays.
 *
 * @throws {BatchdeskError} `invalid_input` with every issue
 */
export async function stageInput(
  storage: Storage,
  lines: AsyncIterable<InputLine> | Iterable<InputLine>,
  options: Omit<ReadInputOptions, 'write'>,
): Promise<StagedInput> {
  const writer = await storage.createWriter();
  try {
    const facts = await readInput(lines, { ...options, write: (block) => writer.write(block) });
    const name = inputName(newId('input'));
    await writer.commit(name);
    return { name, ...facts };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}
