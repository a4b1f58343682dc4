import type { Operation } from '../faults/fault-schema.ts';
import { cancelBatch } from './batches/cancel-batch.ts';
import { createBatch } from './batches/create-batch.ts';
import { listBatches } from './batches/list-batches.ts';
import { retrieveBatch } from './batches/retrieve-batch.ts';
import type { Handler } from './call.ts';
import { createFile } from './files/create-file.ts';
import { deleteFile } from './files/delete-file.ts';
import { downloadFile } from './files/download-file.ts';
import { listFiles } from './files/list-files.ts';
import { retrieveFile } from './files/retrieve-file.ts';

/** One route of the API. */
export interface ApiRoute {
  operation: Operation;
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  handle: Handler;
}

/** The whole API. */
export const apiRoutes: readonly ApiRoute[] = [
  { operation: 'files.create', method: 'POST', url: '/v1/files', handle: createFile },
  { operation: 'files.list', method: 'GET', url: '/v1/files', handle: listFiles },
  { operation: 'files.retrieve', method: 'GET', url: '/v1/files/:id', handle: retrieveFile },
  { operation: 'files.content', method: 'GET', url: '/v1/files/:id/content', handle: downloadFile },
  { operation: 'files.delete', method: 'DELETE', url: '/v1/files/:id', handle: deleteFile },
  { operation: 'batches.create', method: 'POST', url: '/v1/batches', handle: createBatch },
  { operation: 'batches.list', method: 'GET', url: '/v1/batches', handle: listBatches },
  { operation: 'batches.retrieve', method: 'GET', url: '/v1/batches/:id', handle: retrieveBatch },
  { operation: 'batches.cancel', method: 'POST', url: '/v1/batches/:id/cancel', handle: cancelBatch },
];
