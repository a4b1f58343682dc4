import { cleanUpFilesSchema, deleteFileQuerySchema, fileIdSchema, listFilesSchema } from '@batchdesk/shared';
import { procedure, router } from './trpc.ts';

/** Files at the provider and here. */
export const filesRouter = router({
  list: procedure.input(listFilesSchema).query(({ ctx, input }) => ctx.services.listFiles(input)),
  totals: procedure.query(({ ctx }) => ctx.services.readFileTotals()),
  delete: procedure
    .input(fileIdSchema.extend(deleteFileQuerySchema.shape))
    .mutation(({ ctx, input }) => ctx.services.deleteFile(input.file_id, input.where)),
  cleanUp: procedure.input(cleanUpFilesSchema).mutation(({ ctx, input }) => ctx.services.cleanUpFiles(input)),
});
