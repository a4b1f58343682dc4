import { pino } from 'pino';
import { buildApp } from '../app.ts';
import type { Services } from '../services.ts';

/** The OpenAPI description of the REST routes; needs no database and no provider. */
export async function describeApi(): Promise<object> {
  // Routes call services only when they are requested, and here nobody requests any.
  const app = await buildApp({
    services: {} as Services,
    apiToken: undefined,
    takesWebhooks: false,
    log: pino({ enabled: false }),
  });
  await app.ready();
  try {
    return app.swagger();
  } finally {
    await app.close();
  }
}
