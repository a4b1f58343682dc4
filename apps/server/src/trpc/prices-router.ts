import { recostSchema, setPricesSchema } from '@batchdesk/shared';
import { procedure, router } from './trpc.ts';

/** What models cost. */
export const pricesRouter = router({
  list: procedure.query(({ ctx }) => ctx.services.listPrices()),
  set: procedure.input(setPricesSchema).mutation(({ ctx, input }) => ctx.services.setPrices(input)),
  recost: procedure.input(recostSchema).mutation(({ ctx, input }) => ctx.services.recost(input)),
});
