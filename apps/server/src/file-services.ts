import type {
  CleanUpFiles,
  CleanUpFilesAnswer,
  DeleteFileAnswer,
  DeleteFileWhere,
  FileTotals,
  ListFiles,
  ListFilesAnswer,
} from '@batchdesk/shared';
import { cleanUpFiles } from './collection/clean-up-files.ts';
import { deleteFile } from './collection/delete-file.ts';
import { openFile } from './collection/open-file.ts';
import type { OpenResults } from './collection/open-results.ts';
import type { Deps } from './deps.ts';
import { readFileTotals } from './insight/file-totals.ts';
import { listFiles } from './insight/list-files.ts';

/** What the server can do with files. All throw `BatchdeskError`. */
export interface FileServices {
  listFiles(query: ListFiles): Promise<ListFilesAnswer>;
  readFileTotals(): Promise<FileTotals>;
  deleteFile(fileId: string, where: DeleteFileWhere): Promise<DeleteFileAnswer>;
  cleanUpFiles(command: CleanUpFiles): Promise<CleanUpFilesAnswer>;
  openFile(fileId: string, options: { isWhole: boolean }): Promise<OpenResults>;
}

/** Puts the stages together for files. */
export function createFileServices(deps: Deps): FileServices {
  return {
    listFiles: (query) => listFiles(deps, query),
    readFileTotals: () => readFileTotals(deps),
    deleteFile: async (id, where) => ({ success: true, id, deleted: await deleteFile(deps, id, where) }),
    async cleanUpFiles({ dry_run }) {
      return { success: true, dry_run, ...(await cleanUpFiles(deps, { dry_run })) };
    },
    openFile: (id, options) => openFile(deps, id, options),
  };
}
