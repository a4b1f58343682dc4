import { setBudgetSchema } from '@batchdesk/shared';
import { procedure, router } from './trpc.ts';

/** What may be spent in each month. */
export const budgetRouter = router({
  get: procedure.query(({ ctx }) => ctx.services.readBudget()),
  set: procedure.input(setBudgetSchema).mutation(({ ctx, input }) => ctx.services.setBudget(input.budget)),
});
