import type {
  CleanUpFilesAnswer,
  DeleteFileAnswer,
  DeleteFileWhere,
  FileTotals,
  ListFilesAnswer,
  ListFilesInput,
} from '@batchdesk/shared';
import { fileUrl, filesUrl } from '@batchdesk/shared';
import type { AppRouter } from '@batchdesk/server/router';
import { TRPCClientError, createTRPCClient, httpLink } from '@trpc/client';
import { ApiError } from './transports.ts';

/** What both ways into the server can do with files; errors are thrown as `ApiError`. */
export interface FileClient {
  list(query?: ListFilesInput): Promise<ListFilesAnswer>;
  totals(): Promise<FileTotals>;
  delete(fileId: string, where?: DeleteFileWhere): Promise<DeleteFileAnswer>;
  cleanUp(dryRun?: boolean): Promise<CleanUpFilesAnswer>;
}

/** The documented endpoints. */
export function createRestFileClient(url: string): FileClient {
  async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
    const answer = await fetch(`${url}${path}`, init);
    const body = await answer.json();
    if (!answer.ok) throw new ApiError(answer.status, body.error);
    return body;
  }
  return {
    list: (query) => call(filesUrl(query)),
    totals: async () => (await call<{ totals: FileTotals }>('/api/files/totals')).totals,
    delete: (id, where) =>
      call(`${fileUrl(id)}${where === undefined ? '' : `?where=${where}`}`, { method: 'DELETE' }),
    cleanUp: (dry_run) => {
      const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ dry_run }) };
      return call('/api/files/clean-up', { method: 'POST', ...(dry_run === undefined ? {} : json) });
    },
  };
}

/** The typed client. */
export function createTrpcFileClient(url: string): FileClient {
  const { files } = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc` })] });
  async function call<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      if (!(thrown instanceof TRPCClientError)) throw thrown;
      throw new ApiError(thrown.data.httpStatus, thrown.data.error);
    }
  }
  return {
    list: (query = {}) => call(files.list.query(query)),
    totals: () => call(files.totals.query()),
    delete: (file_id, where) => call(files.delete.mutate({ file_id, ...(where && { where }) })),
    cleanUp: (dry_run) => call(files.cleanUp.mutate(dry_run === undefined ? {} : { dry_run })),
  };
}
