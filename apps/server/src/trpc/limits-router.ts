import { setLimitSchema } from '@batchdesk/shared';
import { procedure, router } from './trpc.ts';

/** What may be enqueued of each model. */
export const limitsRouter = router({
  list: procedure.query(({ ctx }) => ctx.services.listLimits()),
  set: procedure.input(setLimitSchema).mutation(({ ctx, input }) => ctx.services.setLimit(input)),
});
