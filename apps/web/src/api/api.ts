import type { AppRouter } from '@batchdesk/server/router';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';

/** The functions of the server, typed from end to end. */
export type Api = TRPCClient<AppRouter>;

/** Makes a client of this page's own server. One call a request: only so may `batch.create` be as large as a batch. */
export function createApi(): Api {
  const url = '/trpc';
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpLink({ url }),
      }),
    ],
  });
}
