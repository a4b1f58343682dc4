import type { FastifyPluginAsync } from 'fastify';
import type { Services } from '../services.ts';
import { batchRoutes } from './batch-routes.ts';
import { budgetRoutes } from './budget-routes.ts';
import { estimateRoute } from './estimate-route.ts';
import { fileRoutes } from './file-routes.ts';
import { intakeRoutes } from './intake-routes.ts';
import { limitRoutes } from './limit-routes.ts';
import { jobIntakeRoute } from './job-intake-route.ts';
import { jobListRoutes } from './job-list-routes.ts';
import { jobResultRoutes } from './job-result-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { priceRoutes } from './price-routes.ts';
import { resultRoutes } from './result-routes.ts';
import { serverRoutes } from './server-routes.ts';
import { statsRoutes } from './stats-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** The documented REST endpoints: schema and call, no rule. */
export const restRoutes: FastifyPluginAsync<{ services: Services }> = async (app, options) => {
  await app.register(intakeRoutes, options);
  await app.register(batchRoutes, options);
  await app.register(statsRoutes, options);
  await app.register(resultRoutes, options);
  await app.register(fileRoutes, options);
  await app.register(limitRoutes, options);
  await app.register(budgetRoutes, options);
  await app.register(priceRoutes, options);
  await app.register(serverRoutes, options);
  await app.register(webhookRoutes, options);
  await app.register(estimateRoute, options);
  await app.register(jobIntakeRoute, options);
  await app.register(jobListRoutes, options);
  await app.register(jobRoutes, options);
  await app.register(jobResultRoutes, options);
};
