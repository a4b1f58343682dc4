import { isTerminal } from '@batchdesk/shared';
import type {
  Batch,
  BatchStatus,
  BudgetInput,
  CreateBatchInput,
  Health,
  MonthBudget,
  Recost,
  SetPricesInput,
  Stats,
} from '@batchdesk/shared';
import { createStore, reconcile } from 'solid-js/store';
import type { Api } from '../api/api.ts';
import { isUnauthorized, toFailure } from '../api/failure.ts';
import type { Failure } from '../api/failure.ts';
import { createPoller } from './create-poller.ts';
import { loadRows } from './load-rows.ts';

const PAGE_ROWS = 50;
const REFRESH_MS = 30_000;
const ACTIVE_REFRESH_MS = 2_000;

interface DashboardState {
  health: Health | null;
  stats: Stats | null;
  /** Those of the provider in use: what others ran is on no bill of its own. */
  costs: Stats | null;
  budget: MonthBudget | null;
  batches: Batch[];
  hasMore: boolean;
  filter: BatchStatus | null;
  /** The filter that `batches` were read with; undefined before the first answer. */
  shownFilter: BatchStatus | null | undefined;
  /** Milliseconds since 1970. */
  refreshedAt: number | null;
  failure: Failure | null;
  needsSignIn: boolean;
}

/** What a call gave, or what went wrong. */
export type Answer<T> = { done: T } | { failure: Failure };

/** What the page shows and can do. */
export type Dashboard = ReturnType<typeof createDashboard>;

/** Keeps what the page shows up to date, and does what people ask for. Call `stop` at the end. */
export function createDashboard(api: Api) {
  const [state, setState] = createStore<DashboardState>({
    health: null,
    stats: null,
    costs: null,
    budget: null,
    batches: [],
    hasMore: false,
    filter: null,
    shownFilter: undefined,
    refreshedAt: null,
    failure: null,
    needsSignIn: false,
  });
  let wanted = PAGE_ROWS;
  let round = 0;

  /** Reads everything anew; an answer that a later round has overtaken is dropped. */
  async function load(): Promise<void> {
    round += 1;
    const current = round;
    const { filter } = state;
    try {
      const health = await api.health.query();
      const [stats, costs, budget, rows] = await Promise.all([
        api.batch.stats.query(),
        api.batch.stats.query({ provider: health.provider.name }),
        api.budget.get.query(),
        loadRows(api, wanted, filter),
      ]);
      if (current !== round) return;
      setState({
        health,
        stats,
        costs,
        budget,
        hasMore: rows.hasMore,
        shownFilter: filter,
        failure: null,
        needsSignIn: false,
      });
      setState('batches', reconcile(rows.data, { key: 'id' }));
      setState('refreshedAt', Date.now());
    } catch (thrown) {
      if (current === round) fail(toFailure(thrown));
    }
  }

  function fail(failure: Failure): void {
    setState({ failure, needsSignIn: isUnauthorized(failure) });
  }

  function delayMs(): number | null {
    if (state.needsSignIn) return null;
    const hasActive = state.batches.some(({ status }) => !isTerminal(status));
    return hasActive && !state.failure ? ACTIVE_REFRESH_MS : REFRESH_MS;
  }

  const poller = createPoller(load, delayMs);

  /** Asks for something. Returns it, or what went wrong. */
  async function ask<T>(question: () => Promise<T>): Promise<Answer<T>> {
    try {
      return { done: await question() };
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (isUnauthorized(failure)) fail(failure);
      return { failure };
    }
  }

  /** Does something and then reads everything anew. Returns its result, or what went wrong. */
  async function act<T>(action: () => Promise<T>): Promise<Answer<T>> {
    const answer = await ask(action);
    await poller.run();
    return answer;
  }

  return {
    state,
    refresh: () => poller.run(),
    showMore() {
      wanted = state.batches.length + PAGE_ROWS;
      return poller.run();
    },
    setFilter(filter: BatchStatus | null) {
      wanted = PAGE_ROWS;
      setState('filter', filter);
      return poller.run();
    },
    createBatch: (input: CreateBatchInput) => act(() => api.batch.create.mutate(input)),
    cancelBatch: (batchId: string) => act(() => api.batch.cancel.mutate({ batch_id: batchId })),
    resumeProvider: () => act(() => api.provider.resume.mutate()),
    /** Sends nothing to the provider. */
    estimate: (input: CreateBatchInput, signal: AbortSignal) =>
      ask(() => api.batch.estimate.mutate(input, { signal })),
    listPrices: () => ask(() => api.prices.list.query()),
    /** All prices of one's own: those that are not named are gone. */
    setPrices: (prices: SetPricesInput['prices']) => act(() => api.prices.set.mutate({ prices })),
    recost: (which: Recost) => act(() => api.prices.recost.mutate(which)),
    setBudget: (budget: BudgetInput | null) => act(() => api.budget.set.mutate({ budget })),
    stop: () => poller.stop(),
  };
}
