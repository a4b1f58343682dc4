import { budgetAnswerSchema, jobAnswerSchema, jobIdSchema, setBudgetSchema } from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { errors, jobsTag, serverTag } from './route-schemas.ts';

/** The routes about what may be spent. */
export const budgetRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/budget',
    {
      schema: {
        ...serverTag,
        summary: 'What may be spent in a month, and what is spent in this one',
        response: { 200: budgetAnswerSchema, ...errors },
      },
    },
    async () => ({ success: true as const, ...(await services.readBudget()) }),
  );

  app.put(
    '/api/budget',
    {
      schema: {
        ...serverTag,
        summary: 'Set what may be spent in each month; what waited for it goes on',
        body: setBudgetSchema,
        response: { 200: budgetAnswerSchema, ...errors },
      },
    },
    async ({ body }) => ({ success: true as const, ...(await services.setBudget(body.budget)) }),
  );

  app.put(
    '/api/jobs/:job_id/budget',
    {
      schema: {
        ...jobsTag,
        summary: 'Set what a job may cost; what of it waited for that goes on',
        params: jobIdSchema,
        body: setBudgetSchema,
        response: { 200: jobAnswerSchema, ...errors },
      },
    },
    async ({ params, body }) => ({
      success: true as const,
      job: await services.setJobBudget(params.job_id, body.budget),
    }),
  );
};
