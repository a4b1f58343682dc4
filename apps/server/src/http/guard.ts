import { createHmac, timingSafeEqual } from 'node:crypto';
import type {} from '@fastify/cookie';
import { BatchdeskError } from '@batchdesk/shared';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The cookie of a signed-in browser. */
export const SESSION_COOKIE = 'batchdesk_session';

/** Where the provider sends its webhooks. */
export const WEBHOOK_PATH = '/api/webhooks/openai';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
/** The routes behind the token; the page itself is not, so that people can sign in on it. */
const PROTECTED = /^\/(?:api|trpc|docs|openapi\.json)(?:\/|$)/;

/** The cookie value that stands for a token: it proves the token and does not contain it. */
export function sessionOf(apiToken: string): string {
  return createHmac('sha256', apiToken).update('batchdesk session').digest('base64url');
}

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHmac('sha256', expected).update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Who may come in. */
export interface GuardOptions {
  /** Asked of every caller when set. */
  apiToken: string | undefined;
  /** Whether the route of webhooks is open to whoever signs them. */
  takesWebhooks: boolean;
}

/**
 * Refuses what a page of another site may send through a browser: requests under a name that is not ours (DNS rebinding)
 * and requests with a foreign origin. With an API token also whoever does not have it.
 */
export function guard(app: FastifyInstance, { apiToken, takesWebhooks }: GuardOptions): void {
  app.addHook('onRequest', async (request) => {
    // A webhook proves itself by its signature, and comes through a proxy under a public name.
    const isWebhook = takesWebhooks && request.routeOptions.url === WEBHOOK_PATH;
    // With a token any name may lead here: a rebound name has no session, and cookies stay with their own.
    if (!apiToken && !isWebhook && !LOOPBACK_NAMES.includes(request.hostname.toLowerCase())) {
      throw new BatchdeskError('host_not_allowed', { details: { host: request.hostname } });
    }
    if (isForeign(request)) throw new BatchdeskError('origin_not_allowed');
    if (apiToken && !isWebhook && isProtected(request) && !hasToken(request, apiToken))
      throw new BatchdeskError('unauthorized');
  });
}

function isForeign({ headers, host }: FastifyRequest): boolean {
  const { origin } = headers;
  if (origin !== undefined) return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
  // Images and the like have no origin; links people follow to the page are welcome.
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
}

/** Goes by the route that was found: an address can be written in many ways, percent signs included. */
function isProtected({ routeOptions: { url } }: FastifyRequest): boolean {
  return url !== undefined && PROTECTED.test(url) && url !== '/api/session';
}

function hasToken(request: FastifyRequest, apiToken: string): boolean {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return isSameSecret(bearer, apiToken);
  const session = request.cookies[SESSION_COOKIE];
  return session !== undefined && isSameSecret(session, sessionOf(apiToken));
}
