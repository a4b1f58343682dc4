import type { Price } from '@batchdesk/shared';
import type { AppState } from '../../state/app-state.tsx';
import { ownPrices } from './price-list.ts';
import type { GivenPrice } from './price-list.ts';

/**
 * Changes the prices of one's own as they are now, not as they were shown: they are stored all at once. Throws what the server
 * refuses.
 */
export async function changePrices(
  { api, client, queries }: Pick<AppState, 'api' | 'client' | 'queries'>,
  next: (own: Price[]) => GivenPrice[],
): Promise<void> {
  const known = await api.prices.list.query();
  const list = await api.prices.set.mutate({ prices: next(ownPrices(known.prices)) });
  client.setQueryData(queries.prices().queryKey, list);
}
