import { createSignal } from 'solid-js';
import type { JobFilters } from '../../api/job-filters.ts';
import type { JobList } from './create-job-list.ts';
import type { Selection } from './create-selection.ts';

/** More than that are not loaded to be selected. */
const LIMIT = 1_000;

interface SelectAllInput {
  list: JobList;
  selection: Selection;
  filters: () => JobFilters;
  /** How many match; undefined while that is not known. */
  total: () => number | undefined;
}

/** Offers to select all that match, where the rows that are shown are selected and there are more. */
export function createSelectAll({ list, selection, filters, total }: SelectAllInput) {
  const [isLoading, setIsLoading] = createSignal(false);
  const hasMore = () => list.pages.hasNextPage && selection.ids().length === list.ids().length;

  /** Loads the rest, page by page. What does not come, and other filters, end it with nothing more selected. */
  async function run(): Promise<void> {
    const asked = filters();
    setIsLoading(true);
    try {
      let page = await list.pages.fetchNextPage();
      while (page.hasNextPage && !page.isError && filters() === asked) {
        page = await list.pages.fetchNextPage();
      }
      if (!page.isError && filters() === asked) selection.all();
    } finally {
      setIsLoading(false);
    }
  }

  return {
    isLoading,
    /** How many match, where not all of them are selected though all that are shown are. */
    rest: () => (hasMore() || isLoading() ? total() : undefined),
    canRun: () => (total() ?? Infinity) <= LIMIT,
    run,
  };
}

/** Selects all that match. */
export type SelectAll = ReturnType<typeof createSelectAll>;
