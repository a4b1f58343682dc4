import { batchRouter } from './batch-router.ts';
import { budgetRouter } from './budget-router.ts';
import { filesRouter } from './files-router.ts';
import { jobRouter } from './job-router.ts';
import { limitsRouter } from './limits-router.ts';
import { liveEvents } from './live-events.ts';
import { pricesRouter } from './prices-router.ts';
import { procedure, router } from './trpc.ts';

/**
 * The same functions as REST, typed from end to end. Files go over REST in both directions: they are streams of bytes,
 * which have no types to carry.
 */
export const appRouter = router({
  batch: batchRouter,
  job: jobRouter,
  files: filesRouter,
  limits: limitsRouter,
  budget: budgetRouter,
  prices: pricesRouter,
  events: router({ live: liveEvents }),
  health: procedure.query(({ ctx }) => ctx.services.health()),
  provider: router({ resume: procedure.mutation(({ ctx }) => ctx.services.resumeProvider()) }),
});

/** The type that a tRPC client is made with. */
export type AppRouter = typeof appRouter;
