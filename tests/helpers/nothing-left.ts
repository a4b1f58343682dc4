import { expect } from 'vitest';
import { filesLeft } from './http.ts';
import type { TestServer } from './start-test-server.ts';
import { waitFor } from './wait-for.ts';

/** Waits until no file is left of an input; a temporary one goes after the answer. */
export async function waitForNoFiles({ folder }: { folder: string }): Promise<void> {
  await waitFor(
    () => filesLeft(folder),
    (names) => names.length === 0,
  );
}

/** That an input which was refused, or only checked, has gone nowhere: no call, no row, no file. */
export async function expectNothingLeft(server: TestServer): Promise<void> {
  expect(server.local.faults.calls()).toEqual([]);
  const { batchFile, job, request, submission } = server.db;
  const counts = await Promise.all([batchFile.count(), job.count(), request.count(), submission.count()]);
  expect(counts).toEqual([0, 0, 0, 0]);
  await waitForNoFiles(server);
}
