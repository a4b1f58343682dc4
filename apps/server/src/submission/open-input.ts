import { createHash } from 'node:crypto';
import { readPendingPlaces } from '../db/pending-places.ts';
import { findInputName } from '../db/submissions.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { joinPlaces } from './join-places.ts';

/** The input of a submission as a file of its own, gone at the end of the block unless it is that of the job. */
export interface SubmissionInput extends AsyncDisposable {
  path: string;
  bytes: number;
  sha256: string;
  /** Its name in storage, where it has one. */
  stored_name: string | null;
}

/** Places read from the ledger at a time. */
const PAGE = 5_000;
const LINE_FEED = Buffer.from('\n');

/**
 * Finds the input of a submission: that of its job where it takes all of it, or its requests gathered from there, in input
 * order. Gathered again they give the same bytes.
 */
export async function openInput(
  deps: Pick<Deps, 'db' | 'storage'>,
  submission: Submission,
): Promise<SubmissionInput> {
  const { id, is_whole, input_bytes, input_sha256 } = submission;
  const name = await findInputName(deps.db, submission.job_id);
  if (name === null) throw new Error(`Submission ${id} has neither a file id nor an input.`);
  if (!is_whole) return gather(deps, submission, name);
  return {
    path: deps.storage.path(name),
    bytes: input_bytes!,
    sha256: input_sha256!,
    stored_name: name,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function gather(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  { id }: Submission,
  name: string,
): Promise<SubmissionInput> {
  const writer = await storage.createWriter();
  const reader = await storage.open(name);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for (let after = 0; ;) {
      const places = await readPendingPlaces(db, id, { after, limit: PAGE });
      for (const { offset, length } of joinPlaces(places)) {
        for (const part of [await reader.read(offset, length), LINE_FEED]) {
          hash.update(part);
          await writer.write(part);
          bytes += part.length;
        }
      }
      if (places.length < PAGE) break;
      after = places.at(-1)!.line;
    }
    const sha256 = hash.digest('hex');
    return {
      path: writer.path,
      bytes,
      sha256,
      stored_name: null,
      [Symbol.asyncDispose]: () => writer.discard(),
    };
  } catch (error) {
    await writer.discard();
    throw error;
  } finally {
    await reader.close();
  }
}
