import type {
  Batch,
  CreateBatch,
  Health,
  ListBatches,
  ListBatchesAnswer,
  ResultType,
  Stats,
} from '@batchdesk/shared';
import { openResults } from './collection/open-results.ts';
import type { OpenResults } from './collection/open-results.ts';
import { readStats } from './db/stats.ts';
import type { Deps } from './deps.ts';
import { createBatch } from './intake/create-batch.ts';
import { uploadFile } from './intake/upload-file.ts';
import { cancelBatch } from './tracking/cancel-batch.ts';
import { getBatch } from './tracking/get-batch.ts';
import type { BatchView } from './tracking/get-batch.ts';
import { getBatchForResults } from './tracking/get-batch-for-results.ts';
import { listBatches } from './tracking/list-batches.ts';
import { VERSION } from './version.ts';

/** Everything the server can do: REST and tRPC are two ways to call these. All throw `BatchdeskError`. */
export interface Services {
  createBatch(command: CreateBatch): Promise<Batch>;
  uploadFile: (upload: {
    filename: string;
    bytes: AsyncIterable<Uint8Array>;
  }) => ReturnType<typeof uploadFile>;
  getBatch(query: { batch_id: string; refresh: boolean }): Promise<BatchView>;
  cancelBatch(batchId: string): Promise<Batch>;
  listBatches(query: ListBatches): Promise<ListBatchesAnswer>;
  openResults(batchId: string, type: ResultType): Promise<OpenResults>;
  readStats(): Promise<Stats>;
  health(): Health;
}

/** Puts the stages together. `onWork` is called when there is something new for the background to do. */
export function createServices(deps: Deps, onWork: () => void): Services {
  async function thenWork<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      onWork();
    }
  }
  return {
    createBatch: (command) => thenWork(createBatch(deps, command)),
    uploadFile: (upload) => uploadFile(deps, upload),
    getBatch: (query) => getBatch(deps, query),
    cancelBatch: (batchId) => thenWork(cancelBatch(deps, batchId)),
    listBatches: (query) => listBatches(deps, query),
    openResults: async (batchId, type) => openResults(deps, await getBatchForResults(deps, batchId), type),
    readStats: () => readStats(deps.db),
    health: () => ({
      success: true,
      status: 'ok',
      version: VERSION,
      provider: { name: deps.provider.name, base_url: deps.provider.baseUrl, ready: deps.provider.ready },
    }),
  };
}
