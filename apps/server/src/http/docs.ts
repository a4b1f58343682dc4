import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { VERSION } from '../version.ts';
import { describeRoute } from './openapi-bodies.ts';
import { describeSchemas } from './openapi-schemas.ts';

/** Describes the REST routes that are registered after it as OpenAPI 3.1, at `/openapi.json`, readable at `/docs`. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Batchdesk',
        version: VERSION,
        description: 'Runs OpenAI Batch API work: requests in, exactly one outcome for each out.',
        license: { name: 'MIT' },
      },
      tags: [
        { name: 'jobs', description: 'Jobs of any size, their requests and their results' },
        { name: 'batch', description: 'Batches, their files and their results' },
        { name: 'files', description: 'Files at the provider and here' },
        { name: 'server', description: 'The server itself' },
      ],
    },
    transform: describeRoute,
    transformObject: describeSchemas,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Batchdesk API' },
    uiConfig: { layout: 'BaseLayout' },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
