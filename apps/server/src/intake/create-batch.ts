import { BatchdeskError } from '@batchdesk/shared';
import type { CreateBatch } from '@batchdesk/shared';
import { findFile, saveFile } from '../db/files.ts';
import { acceptRequests, insertJob, removeUnacceptedJobs } from '../db/jobs.ts';
import type { NewJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../ids.ts';
import { inputName } from '../storage/storage.ts';
import { submit } from '../submission/submit.ts';
import type { CreatedBatch } from '../submission/submit.ts';
import type { InputFacts } from './input-scanner.ts';
import { refuseIfWrong } from './refusal.ts';
import type { InputPlace } from './refusal.ts';
import type { StagedInput } from './stage-input.ts';

type CreateDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'scanner' | 'log'>;

/** A checked input, ready for a job: where it is, and the rows of its requests. */
interface Input extends Pick<NewJob, 'input' | 'input_file_id'> {
  ledger: AsyncIterable<string> | Iterable<string>;
}

/** What to create a batch from: the fields, and the requests if they came along. */
export interface CreateBatchCommand extends Omit<CreateBatch, 'requests'> {
  requests?: { staged: StagedInput; place: InputPlace } | undefined;
}

/**
 * Makes a job of one batch from a list of requests or an uploaded file, and brings it to the provider.
 *
 * @throws {BatchdeskError} `invalid_input`, `file_not_found`, `conflicting_parameters`, `submission_unconfirmed`,
 * `provider_*`
 */
export async function createBatch(deps: CreateDeps, command: CreateBatchCommand): Promise<CreatedBatch> {
  const { ledger, ...input } = await takeInput(deps, command);
  const job = {
    provider: deps.provider.name,
    endpoint: command.endpoint,
    completion_window: command.completion_window,
    metadata: command.metadata ?? null,
    output_expires_after: command.output_expires_after ?? null,
    ...input,
  };
  const ids = await insertJob(deps.db, job);
  try {
    // Only now, when a row says what it is for.
    if (input.input) await command.requests?.staged.keep(input.input.name);
    // The rows are written while the file is on its way: the batch is created when both are there.
    return await submit(deps, ids.submission_id, acceptRequests(deps.db, ids, ledger));
  } catch (error) {
    for (const name of await removeUnacceptedJobs(deps.db, ids.job_id)) await deps.storage.remove(name);
    throw error;
  }
}

async function takeInput(deps: CreateDeps, command: CreateBatchCommand): Promise<Input> {
  const { endpoint, requests, input_file_id: fileId } = command;
  if (requests && fileId) {
    const first = requests.place === 'element' ? 'requests' : 'file';
    const details = { first, second: 'input_file_id' };
    throw new BatchdeskError('conflicting_parameters', { param: 'input_file_id', details });
  }
  if (requests) {
    const { staged, place } = requests;
    refuseIfWrong(staged.summary, place);
    // Without a key there is no use in keeping them.
    if (!deps.provider.ready) throw new BatchdeskError('api_key_not_configured');
    return {
      input: toStored(inputName(newId('input')), staged),
      input_file_id: null,
      ledger: staged.ledger(),
    };
  }
  if (fileId) return takeFile(deps, fileId, endpoint);
  throw new BatchdeskError('missing_required_parameter', { param: 'requests' });
}

/**
 * A file that came through us is read again, for the ledger, and because the batch's endpoint is known only now. One
 * that only the provider has is left to the provider to check.
 */
async function takeFile(deps: CreateDeps, fileId: string, endpoint: CreateBatch['endpoint']): Promise<Input> {
  const known = await findFile(deps.db, fileId);
  if (known?.stored_name && (await deps.storage.size(known.stored_name)) !== null) {
    const bytes = deps.storage.read(known.stored_name);
    const ledger: string[] = [];
    const writeLedger = (portion: string) => void ledger.push(portion);
    const facts = await deps.scanner.scan(bytes, { endpoint: () => endpoint, writeLedger });
    refuseIfWrong(facts.summary, 'line');
    // A file that another provider has is sent again, from our copy.
    const input_file_id = known.provider === deps.provider.name ? fileId : null;
    return { input: toStored(known.stored_name, facts), input_file_id, ledger };
  }
  const file = await deps.provider.retrieveFile(fileId);
  const kept = { provider: deps.provider.name, stored_name: null, sha256: null, request_count: null };
  await saveFile(deps.db, file, kept);
  return { input: null, input_file_id: fileId, ledger: [] };
}

function toStored(name: string, { summary, sha256 }: InputFacts): NewJob['input'] {
  const { bytes, request_count } = summary;
  return { name, bytes, sha256, request_count };
}
