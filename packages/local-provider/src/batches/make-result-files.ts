import { rm } from 'node:fs/promises';

import type { IdSource } from '../ids.ts';
import type { FileStore } from '../storage/file-store.ts';
import { toUnixSeconds } from '../time.ts';
import type { BatchRecord } from './batch-record.ts';
import type { BatchStore } from './batch-store.ts';
import type { NotRunReason } from './result-line.ts';
import { writeResults } from './write-results.ts';

/** The parts that making result files needs. */
export interface ResultFilesParts {
  batches: BatchStore;
  files: FileStore;
  ids: IdSource;
}

/**
 * Writes the output and the error file of a batch and stores what they came to in its record. Gives the same files
 * when it is done again after a kill. Does nothing if the batch took another turn meanwhile.
 * Throws the signal's reason on abort.
 */
export async function makeResultFiles(
  { batches, files, ids }: ResultFilesParts,
  record: BatchRecord,
  options: { notRunReason: NotRunReason; signal: AbortSignal },
): Promise<void> {
  const { id, status, endpoint, rowFaults, outputLifetimeSeconds: lifetimeSeconds } = record;
  const tookAnotherTurn = () => batches.get(id)?.status !== status;
  const paths = { output: files.unfinishedPath(), errors: files.unfinishedPath() };
  try {
    const written = await writeResults(
      {
        batchId: id,
        endpoint,
        inputPath: batches.inputPath(id),
        groups: record.scan?.groups ?? [],
        rowFaults,
        ran: record.ran ?? 0,
        notRunReason: options.notRunReason,
        answeredAt: toUnixSeconds(record.inProgressAtMs ?? record.createdAtMs),
      },
      paths,
      options.signal,
    );
    if (tookAnotherTurn()) return;
    const reserved = { ...record.reservedFileIds };
    if (written.output.lines > 0) reserved.output ??= ids.file(files.has);
    if (written.errors.lines > 0) reserved.error ??= ids.file(files.has);
    batches.update(id, { reservedFileIds: reserved });

    const adopt = async (
      kind: 'output' | 'error',
      { path, lines, bytes }: { path: string; lines: number; bytes: number },
    ) => {
      const fileId = reserved[kind];
      if (lines === 0 || fileId === undefined) return null;
      const filename = `${id}_${kind}.jsonl`;
      await files.adopt(path, { id: fileId, bytes, filename, purpose: 'batch_output', lifetimeSeconds });
      return fileId;
    };
    const outputFileId = await adopt('output', written.output);
    const errorFileId = await adopt('error', written.errors);
    if (tookAnotherTurn()) return;
    const { completed, failed, tokens } = written;
    batches.update(id, { result: { outputFileId, errorFileId, completed, failed, tokens } });
  } finally {
    await rm(paths.output, { force: true });
    await rm(paths.errors, { force: true });
  }
}
