import {
  countJobsSchema,
  createJobSchema,
  deleteJobQuerySchema,
  jobIdSchema,
  jobSearchQuerySchema,
  listEventsSchema,
  listJobsSchema,
  listRequestsQuerySchema,
  retryJobSchema,
  setBudgetSchema,
} from '@batchdesk/shared';
import { takeRequests } from './take-requests.ts';
import { procedure, router } from './trpc.ts';

/** What can be done with jobs. */
export const jobRouter = router({
  create: procedure.input(createJobSchema).mutation(async ({ ctx, input }) => {
    const { requests: _, ...command } = input;
    const idempotency_key = ctx.idempotencyKey();
    await using staged = await takeRequests(ctx, input, { scope: 'job' });
    const requests = staged && { staged, place: 'element' as const };
    // Awaited here: what was staged is let go at the end of this.
    return await ctx.services.createJob({ ...command, requests, idempotency_key });
  }),
  list: procedure.input(listJobsSchema).query(({ ctx, input }) => ctx.services.listJobs(input)),
  counts: procedure
    .input(countJobsSchema.optional())
    .query(({ ctx, input }) => ctx.services.countJobs(input ?? {})),
  get: procedure.input(jobIdSchema).query(({ ctx, input }) => ctx.services.getJob(input.job_id)),
  cancel: procedure.input(jobIdSchema).mutation(({ ctx, input }) => ctx.services.cancelJob(input.job_id)),
  setBudget: procedure
    .input(setBudgetSchema.extend(jobIdSchema.shape))
    .mutation(({ ctx, input }) => ctx.services.setJobBudget(input.job_id, input.budget)),
  retry: procedure
    .input(retryJobSchema.extend(jobIdSchema.shape))
    .mutation(({ ctx, input }) => ctx.services.retryJob({ ...input, idempotency_key: ctx.idempotencyKey() })),
  requests: procedure
    .input(listRequestsQuerySchema.safeExtend(jobIdSchema.shape))
    .query(({ ctx, input }) => ctx.services.listJobRequests(input.job_id, input)),
  errors: procedure.input(jobIdSchema).query(({ ctx, input }) => ctx.services.listJobErrors(input.job_id)),
  search: procedure
    .input(jobIdSchema.extend(jobSearchQuerySchema.shape))
    .query(async ({ ctx, input, signal }) =>
      Array.fromAsync(await ctx.services.searchJob(input.job_id, { ...input, signal })),
    ),
  events: procedure
    .input(jobIdSchema.extend(listEventsSchema.shape))
    .query(({ ctx, input }) => ctx.services.listEvents(input.job_id, input)),
  delete: procedure
    .input(jobIdSchema.extend(deleteJobQuerySchema.shape))
    .mutation(({ ctx, input }) => ctx.services.deleteJob(input.job_id, input)),
});
