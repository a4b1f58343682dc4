import { BatchdeskError } from '@batchdesk/shared';
import type { CreateBatch } from '@batchdesk/shared';
import { findFile, isGoing, saveFile } from '../db/files.ts';
import type { NewJob } from '../db/jobs.ts';
import { unknownPart } from '../db/new-submissions.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../ids.ts';
import { inputName } from '../storage/storage.ts';
import type { InputFacts } from './input-scanner.ts';
import { refuseIfWrong } from './refusal.ts';
import type { InputPlace } from './refusal.ts';
import type { StagedInput } from './stage-input.ts';

/** A checked input, ready for a job: where it is, its parts, and the rows of its requests. */
export interface Input extends Pick<NewJob, 'input' | 'input_file_id' | 'source' | 'parts'> {
  ledger: AsyncIterable<string> | Iterable<string>;
}

/** Requests that came along with a call, and what they are called in errors. */
export interface IncomingInput {
  staged: StagedInput;
  place: InputPlace;
}

/** Where the input of a call is: with it, or at the provider. */
export interface InputSource extends Pick<CreateBatch, 'endpoint' | 'input_file_id'> {
  requests?: IncomingInput | undefined;
}

type TakeDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'scanner'>;

/**
 * Takes the input of a call. Requests that came along have been checked; a file is refused if anything is wrong with it.
 *
 * @throws {BatchdeskError} `invalid_input`, `file_not_found`, `file_deleting`, `conflicting_parameters`,
 * `missing_required_parameter`, `api_key_not_configured`
 */
export async function takeInput(deps: TakeDeps, source: InputSource): Promise<Input> {
  const { endpoint, requests, input_file_id: fileId } = source;
  if (requests && fileId) {
    const first = requests.place === 'element' ? 'requests' : 'file';
    const details = { first, second: 'input_file_id' };
    throw new BatchdeskError('conflicting_parameters', { param: 'input_file_id', details });
  }
  if (requests) {
    const { staged } = requests;
    // Without a key there is no use in keeping them.
    if (!deps.provider.ready) throw new BatchdeskError('api_key_not_configured');
    const input = toStored(inputName(newId('input')), staged);
    return { input, input_file_id: null, source: null, parts: toParts(staged), ledger: staged.ledger() };
  }
  if (fileId) return takeFile(deps, fileId, endpoint);
  throw new BatchdeskError('missing_required_parameter', { param: 'requests' });
}

/**
 * A file that came through us is read again, for the ledger, and because the batch's endpoint is known only now. One
 * that only the provider has is left to the provider to check.
 */
async function takeFile(deps: TakeDeps, fileId: string, endpoint: CreateBatch['endpoint']): Promise<Input> {
  const known = await findFile(deps.db, fileId);
  if (known?.stored_name && (await deps.storage.size(known.stored_name)) !== null) {
    const bytes = deps.storage.read(known.stored_name);
    const ledger: string[] = [];
    const writeLedger = async (portion: string) => void ledger.push(portion);
    const facts = await deps.scanner.scan(bytes, { endpoint: () => endpoint, writeLedger });
    refuseIfWrong(facts.summary, 'line');
    // A file that another provider has is sent again, from our copy; so is one that the provider has no more.
    const isThere = known.provider === deps.provider.name && !isGoing(known.status);
    const input_file_id = isThere ? fileId : null;
    const source = { file_id: fileId, stored_name: known.stored_name };
    const input = toStored(known.stored_name, facts);
    return { input, input_file_id, source, parts: toParts(facts), ledger };
  }
  if (isGoing(known?.status)) throw new BatchdeskError('file_deleting', { details: { file_id: fileId } });
  const file = await deps.provider.retrieveFile(fileId);
  const kept = { provider: deps.provider.name, stored_name: null, sha256: null, request_count: null };
  await saveFile(deps.db, file, kept);
  const source = { file_id: fileId, stored_name: null };
  return { input: null, input_file_id: fileId, source, parts: [unknownPart(null)], ledger: [] };
}

function toStored(name: string, { summary, sha256 }: InputFacts): NewJob['input'] {
  const { bytes, request_count } = summary;
  return { name, bytes, sha256, request_count };
}

function toParts({ summary, parts }: InputFacts): NewJob['parts'] {
  // The input as it stands has no break after its last line where there is no room for one.
  return parts.length === 1 ? [{ ...parts[0]!, bytes: summary.bytes }] : parts;
}
