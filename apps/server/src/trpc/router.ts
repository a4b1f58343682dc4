import {
  batchIdSchema,
  createBatchSchema,
  getBatchQuerySchema,
  listBatchesSchema,
  listRequestsQuerySchema,
  searchQuerySchema,
} from '@batchdesk/shared';
import { procedure, router } from './trpc.ts';

/**
 * The same functions as REST, typed from end to end. Files go over REST in both directions: they are streams of bytes,
 * which have no types to carry.
 */
export const appRouter = router({
  batch: router({
    create: procedure.input(createBatchSchema).mutation(({ ctx, input }) => ctx.services.createBatch(input)),
    get: procedure
      .input(batchIdSchema.extend(getBatchQuerySchema.shape))
      .query(({ ctx, input }) => ctx.services.getBatch(input)),
    cancel: procedure
      .input(batchIdSchema)
      .mutation(({ ctx, input }) => ctx.services.cancelBatch(input.batch_id)),
    list: procedure.input(listBatchesSchema).query(({ ctx, input }) => ctx.services.listBatches(input)),
    requests: procedure
      .input(batchIdSchema.extend(listRequestsQuerySchema.shape))
      .query(({ ctx, input }) => ctx.services.listRequests(input.batch_id, input)),
    search: procedure
      .input(batchIdSchema.extend(searchQuerySchema.shape))
      .query(async ({ ctx, input, signal }) =>
        Array.fromAsync(await ctx.services.searchResults(input.batch_id, { ...input, signal })),
      ),
    stats: procedure.query(({ ctx }) => ctx.services.readStats()),
  }),
  health: procedure.query(({ ctx }) => ctx.services.health()),
});

/** The type that a tRPC client is made with. */
export type AppRouter = typeof appRouter;
