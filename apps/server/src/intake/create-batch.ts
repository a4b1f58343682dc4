import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, CreateBatch } from '@batchdesk/shared';
import { saveFile, findFile } from '../db/files.ts';
import { insertJob } from '../db/jobs.ts';
import type { NewJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import { submit } from '../submission/submit.ts';
import { requestLines } from './request-lines.ts';
import { splitLines } from '../storage/split-lines.ts';
import { readInput } from './read-input.ts';
import { stageInput } from './stage-input.ts';

type Input = Pick<NewJob, 'input' | 'input_file_id'>;

/**
 * Makes a job of one batch from a list of requests or an uploaded file, and brings it to the provider.
 *
 * @throws {BatchdeskError} `invalid_input`, `file_not_found`, `conflicting_parameters`, `submission_unconfirmed`,
 * `provider_*`
 */
export async function createBatch(
  deps: Pick<Deps, 'db' | 'provider' | 'storage' | 'log'>,
  command: CreateBatch,
): Promise<Batch> {
  const input = await takeInput(deps, command);
  const job = {
    provider: deps.provider.name,
    endpoint: command.endpoint,
    completion_window: command.completion_window,
    metadata: command.metadata ?? null,
    output_expires_after: command.output_expires_after ?? null,
    ...input,
  };
  const { submission_id } = await insertJob(deps.db, job).catch(async (error: unknown) => {
    // A copy that was made for this job alone has no other use.
    if (input.input && command.requests) await deps.storage.remove(input.input.name);
    throw error;
  });
  return submit(deps, submission_id);
}

async function takeInput(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  command: CreateBatch,
): Promise<Input> {
  const { endpoint, requests, input_file_id: fileId } = command;
  if (requests && fileId) {
    throw new BatchdeskError('conflicting_parameters', {
      param: 'input_file_id',
      details: { first: 'requests', second: 'input_file_id' },
    });
  }
  if (requests) {
    // Without a key there is no use in keeping them.
    if (!deps.provider.ready) throw new BatchdeskError('api_key_not_configured');
    const input = await stageInput(deps.storage, requestLines(requests), { endpoint, place: 'element' });
    return { input, input_file_id: null };
  }
  if (fileId) return takeFile(deps, fileId, command);
  throw new BatchdeskError('missing_required_parameter', { param: 'requests' });
}

/**
 * A file that came through us is read again, for the ledger, and because the batch's endpoint is known only now. One
 * that only the provider has is left to the provider to check.
 */
async function takeFile(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  fileId: string,
  { endpoint }: CreateBatch,
): Promise<Input> {
  const known = await findFile(deps.db, fileId);
  if (known?.stored_name && (await deps.storage.size(known.stored_name)) !== null) {
    const lines = splitLines(deps.storage.read(known.stored_name));
    const facts = await readInput(lines, { endpoint, place: 'line' });
    const input = { name: known.stored_name, ...facts };
    // A file that another provider has is sent again, from our copy.
    return { input, input_file_id: known.provider === deps.provider.name ? fileId : null };
  }
  const file = await deps.provider.retrieveFile(fileId);
  const kept = { provider: deps.provider.name, stored_name: null, sha256: null, request_count: null };
  await saveFile(deps.db, file, kept);
  return { input: null, input_file_id: fileId };
}
