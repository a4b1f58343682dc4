import { join } from 'node:path';
import type { Database } from '@batchdesk/server/testing';
import { waitFor } from '../helpers/wait-for.ts';
import { curlOk } from './curl.ts';
import { writeCreateBody } from './make-input.ts';
import type { World } from './start-world.ts';

/** A small request with so many answers that its result line has about 4 KB: the provider echoes the question. */
const REQUEST = { lineBytes: 300, answers: 11 };
const DEADLINE_MS = 120_000;

/** A batch whose results are all here. */
export interface CollectedBatch {
  id: string;
  output_file_id: string;
}

/** Makes a batch whose results are about 4 KB a request; returns its id. */
export async function makeResultsBatch(
  world: World,
  options: { run: number; requests: number },
): Promise<string> {
  const path = join(world.folder, 'input.json');
  await writeCreateBody(path, { ...options, ...REQUEST });
  const create = ['-H', 'content-type: application/json', '--data-binary', `@${path}`];
  const { body } = await curlOk([...create, `${world.server.url}/api/batch/create`]);
  return (JSON.parse(body) as { batch: { id: string } }).batch.id;
}

/** Waits until the results of a batch have been fetched and indexed. */
export async function waitUntilCollected(db: Database, id: string): Promise<CollectedBatch> {
  const select = { id: true, output_file_id: true, collected_at: true };
  const ask = () => db.batch.findUniqueOrThrow({ where: { id }, select });
  const batch = await waitFor(ask, ({ collected_at }) => collected_at !== null, DEADLINE_MS);
  return { id, output_file_id: batch.output_file_id! };
}
