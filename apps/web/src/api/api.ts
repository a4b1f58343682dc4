import type { AppRouter } from '@batchdesk/server/router';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';

/** The functions of the server, typed from end to end. */
export type Api = TRPCClient<AppRouter>;

/** What a call is told beside its input: with the same key it does its work once, however often it is made. */
export interface CallContext extends Record<string, unknown> {
  idempotencyKey: string;
}

/** Makes a client of this page's own server. One call a request: only so may `batch.create` be as large as a batch. */
export function createApi(): Api {
  const url = '/trpc';
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpLink({
          url,
          headers: ({ op }) => (isKeyed(op.context) ? { 'idempotency-key': op.context.idempotencyKey } : {}),
        }),
      }),
    ],
  });
}

function isKeyed(context: Record<string, unknown>): context is CallContext {
  return typeof context['idempotencyKey'] === 'string';
}
