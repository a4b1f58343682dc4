import type { Price, PriceList } from '@batchdesk/shared';
import { createStore, reconcile } from 'solid-js/store';
import type { Failure } from '../api/failure.ts';
import { ownPrices } from '../settings/price-list.ts';
import type { GivenPrice } from '../settings/price-list.ts';
import type { Dashboard } from './create-dashboard.ts';

/** The prices that the settings show, and what can be done with them. */
export type Prices = ReturnType<typeof createPrices>;

/** Reads all prices, and keeps what is shown like what is stored. */
export function createPrices(dashboard: Dashboard) {
  const [state, setState] = createStore<{ list: PriceList | null; failure: Failure | null }>({
    list: null,
    failure: null,
  });

  async function load(): Promise<void> {
    const answer = await dashboard.listPrices();
    if ('failure' in answer) return setState('failure', answer.failure);
    setState('failure', null);
    show(answer.done);
  }

  function show(list: PriceList): void {
    setState('list', reconcile(list, { key: null, merge: true }));
  }

  /**
   * Changes the prices of one's own as they are now, not as they were shown: they are stored all at once. Returns what went
   * wrong.
   */
  async function change(next: (own: Price[]) => GivenPrice[]): Promise<Failure | null> {
    const known = await dashboard.listPrices();
    if ('failure' in known) return known.failure;
    const answer = await dashboard.setPrices(next(ownPrices(known.done.prices)));
    if ('failure' in answer) return answer.failure;
    show(answer.done);
    return null;
  }

  return { state, load, change };
}
