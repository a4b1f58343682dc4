import type { Database } from './database.ts';

/** Where a request that is still to be sent is in the input of its job. */
export interface PendingPlace {
  line: number;
  offset: number;
  bytes: number;
}

/** Up to `limit` requests of a submission that have no outcome yet, after a line, in input order. */
export async function readPendingPlaces(
  db: Database,
  submissionId: string,
  { after, limit }: { after: number; limit: number },
): Promise<PendingPlace[]> {
  const [{ rows }] = await db.$queryRaw<[{ rows: string }]>`
    SELECT json_group_array(json_object('line', line, 'offset', input_offset, 'bytes', input_bytes)) AS rows FROM (
      SELECT line, input_offset, input_bytes FROM requests
      WHERE submission_id = ${submissionId} AND is_superseded = 0 AND outcome = 'pending' AND error_code IS NULL
        AND line > ${after} ORDER BY line LIMIT ${limit})`;
  return JSON.parse(rows) as PendingPlace[];
}
