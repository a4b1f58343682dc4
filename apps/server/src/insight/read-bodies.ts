import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ListRequests, RequestView } from '@batchdesk/shared';
import type { StoredRequest } from '../db/request-pages.ts';
import type { Deps } from '../deps.ts';
import type { KeptRequests } from './kept-results.ts';
import { createLineReader } from './line-reader.ts';
import type { LineReader } from './line-reader.ts';

type Bodies = Pick<RequestView, 'input' | 'result'>;

/** Bytes that are parsed before others get their turn. */
const TURN_BYTES = 1 << 20;

/**
 * The lines of requests that `include` asks for, parsed; one for each row.
 *
 * @throws {BatchdeskError} `results_expired` when a line is in a file that is gone
 */
export async function readBodies(
  { storage }: Pick<Deps, 'storage'>,
  kept: KeptRequests,
  { rows, include }: { rows: readonly StoredRequest[]; include: ListRequests['include'] },
): Promise<Bodies[]> {
  await using lines = createLineReader(storage);
  const read = await Promise.all(
    rows.map(async (row) => ({
      input: include.includes('input') ? await readInput(lines, kept, row) : undefined,
      result: include.includes('result') ? await readResult(lines, kept, row) : undefined,
    })),
  );
  const bodies: Bodies[] = [];
  let bytes = 0;
  for (const { input, result } of read) {
    bodies.push({
      ...(input && { input: parse(input) }),
      ...(result !== undefined && { result: parse(result) }),
    });
    bytes += (input?.length ?? 0) + (result?.length ?? 0);
    if (bytes < TURN_BYTES) continue;
    await nextTurn();
    bytes = 0;
  }
  return bodies;
}

function readInput(lines: LineReader, { input_name }: KeptRequests, row: StoredRequest): Promise<Buffer> {
  return lines.read(input_name!, row.input_offset, row.input_bytes);
}

async function readResult(
  lines: LineReader,
  { files }: KeptRequests,
  row: StoredRequest,
): Promise<Buffer | null> {
  const { submission_id, result_type, result_offset, result_bytes } = row;
  if (result_type === null) return null;
  const name = await files.find(submission_id, result_type);
  return name === null ? null : lines.read(name, result_offset!, result_bytes!);
}

function parse(line: Buffer | null): unknown {
  return line && JSON.parse(line.toString());
}
