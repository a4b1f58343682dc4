import {
  BatchdeskError,
  batchIdSchema,
  createBatchSchema,
  getBatchQuerySchema,
  listBatchesSchema,
  listRequestsQuerySchema,
  searchQuerySchema,
  statsQuerySchema,
  validateInputSchema,
} from '@batchdesk/shared';
import { takeRequests } from './take-requests.ts';
import { procedure, router } from './trpc.ts';

/** What can be done with batches. */
export const batchRouter = router({
  create: procedure.input(createBatchSchema).mutation(async ({ ctx, input }) => {
    const { requests: _, ...command } = input;
    const idempotency_key = ctx.idempotencyKey();
    await using staged = await takeRequests(ctx, input);
    const requests = staged && { staged, place: 'element' as const };
    const { batch, ...more } = await ctx.services.createBatch({ ...command, requests, idempotency_key });
    return { ...batch, ...more };
  }),
  /** Checks requests as `create` does and sends nothing; what is wrong is thrown as `create` throws it. */
  validate: procedure.input(validateInputSchema).mutation(async ({ ctx, input }) => {
    await using staged = await takeRequests(ctx, input);
    if (!staged) throw new BatchdeskError('missing_required_parameter', { param: 'requests' });
    const { validation, refusal } = ctx.services.validateInput(staged.summary, 'element');
    if (refusal) throw refusal;
    return validation;
  }),
  /** Tells what requests would cost and sends nothing; what is wrong is thrown as a job throws it. */
  estimate: procedure.input(validateInputSchema).mutation(async ({ ctx, input }) => {
    await using staged = await takeRequests(ctx, input, { scope: 'job', isEstimated: true });
    if (!staged) throw new BatchdeskError('missing_required_parameter', { param: 'requests' });
    const { validation, refusal, estimate } = await ctx.services.estimateInput(staged, 'element');
    if (refusal) throw refusal;
    return { validation, estimate: estimate! };
  }),
  get: procedure
    .input(batchIdSchema.extend(getBatchQuerySchema.shape))
    .query(({ ctx, input }) => ctx.services.getBatch(input)),
  cancel: procedure
    .input(batchIdSchema)
    .mutation(({ ctx, input }) => ctx.services.cancelBatch(input.batch_id)),
  list: procedure.input(listBatchesSchema).query(({ ctx, input }) => ctx.services.listBatches(input)),
  requests: procedure
    .input(listRequestsQuerySchema.safeExtend(batchIdSchema.shape))
    .query(({ ctx, input }) => ctx.services.listRequests(input.batch_id, input)),
  search: procedure
    .input(batchIdSchema.extend(searchQuerySchema.shape))
    .query(async ({ ctx, input, signal }) =>
      Array.fromAsync(await ctx.services.searchResults(input.batch_id, { ...input, signal })),
    ),
  stats: procedure
    .input(statsQuerySchema.optional())
    .query(({ ctx, input }) => ctx.services.readStats(input)),
});
