import type {
  Budget,
  MonthBudget,
  PriceList,
  Recost,
  RecostAnswer,
  SetPrices,
  Stats,
  StatsQuery,
} from '@batchdesk/shared';
import type { Deps } from './deps.ts';
import { exportStats } from './insight/export-stats.ts';
import { readStats } from './insight/read-stats.ts';
import { listPrices } from './pricing/list-prices.ts';
import { readMonthBudget, setMonthBudget } from './pricing/month-budget.ts';
import { recost } from './pricing/recost.ts';
import { setPrices } from './pricing/set-prices.ts';

/** What the server knows of costs. All throw `BatchdeskError`. */
export interface CostServices {
  readStats(query?: StatsQuery): Promise<Stats>;
  /** The same as CSV. */
  exportStats(query: StatsQuery): Promise<string>;
  /** What may be spent in each month, and what is spent in this one. */
  readBudget(): Promise<MonthBudget>;
  /** `null` when there is no such limit. What was held for it goes on. */
  setBudget(budget: Budget | null): Promise<MonthBudget>;
  listPrices(): Promise<PriceList>;
  setPrices(command: SetPrices): Promise<PriceList>;
  /** Costs batches again, with the prices as they are known now. */
  recost(query: Recost): Promise<RecostAnswer>;
}

/** Puts the stages together for costs. `thenWork` tells the background that there may be something new to do. */
export function createCostServices(deps: Deps, thenWork: <T>(work: Promise<T>) => Promise<T>): CostServices {
  return {
    readStats: (query) => readStats(deps, query),
    exportStats: (query) => exportStats(deps, query),
    readBudget: () => readMonthBudget(deps),
    setBudget: (budget) => thenWork(setMonthBudget(deps, budget)),
    listPrices: () => listPrices(deps),
    setPrices: (command) => thenWork(setPrices(deps, command)),
    recost: (query) => thenWork(recost(deps, query)),
  };
}
