import type { Batch } from '@batchdesk/shared';
import { completeLedger, findLastLine } from '../db/ledgers.ts';
import { insertRequests } from '../db/requests.ts';
import type { LedgerPart, LedgerRow } from '../db/requests.ts';
import type { Deps } from '../deps.ts';
import { splitLines } from '../storage/split-lines.ts';
import { keepInput } from './keep-input.ts';

/** Requests that go into the ledger at once. */
const PORTION = 1_000;
const utf8 = new TextDecoder();

/**
 * Fills the ledger of a batch whose input only the provider had: brings the input here and notes where each request is.
 * What a dead process did of this is kept.
 *
 * @throws {BatchdeskError} `input_expired` when the provider has deleted it, `provider_*`
 */
export async function indexInput(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  batch: Batch,
  part: LedgerPart,
): Promise<void> {
  const { db, storage } = deps;
  const input_name = await keepInput(deps, batch, null);
  const stored = await findLastLine(db, part.job_id);
  const known = new Set<string>();
  let portion: LedgerRow[] = [];
  for await (const { line, offset, bytes } of splitLines(storage.read(input_name))) {
    const custom_id = readCustomId(bytes);
    // A batch that failed in validation may have such lines.
    if (custom_id === null || known.has(custom_id)) continue;
    known.add(custom_id);
    if (line > stored) portion.push([line, custom_id, offset, bytes.length, 0, 0]);
    if (portion.length < PORTION) continue;
    await insertRequests(db, part, [JSON.stringify(portion)]);
    portion = [];
  }
  await insertRequests(db, part, [JSON.stringify(portion)]);
  await completeLedger(db, part, { input_name, total_requests: known.size });
}

function readCustomId(bytes: Uint8Array): string | null {
  try {
    const request = JSON.parse(utf8.decode(bytes)) as { custom_id?: unknown } | null;
    return typeof request?.custom_id === 'string' ? request.custom_id : null;
  } catch {
    return null;
  }
}
